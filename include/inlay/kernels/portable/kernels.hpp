// SPDX-License-Identifier: MIT
//
// Kernels beside the portable ones, which each operator's own header brings: none.
#pragma once

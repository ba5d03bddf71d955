// SPDX-License-Identifier: MIT
//
// All kernels of Armv6-M.
#pragma once

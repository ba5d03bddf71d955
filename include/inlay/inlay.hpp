// SPDX-License-Identifier: MIT
//
// inlay: everything an application and a generated header include.
#pragma once

#include <inlay/graph/engine.hpp>
#include <inlay/graph/sequential.hpp>
#include <inlay/layers/conv2d.hpp>

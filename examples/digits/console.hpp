// SPDX-License-Identifier: MIT
#pragma once

/// Shows text to whoever runs the program; console_host.cpp and console_board.cpp say how.
void print(char const* text);

// SPDX-License-Identifier: MIT
#pragma once

/// A picture of a digit, 28 x 28, 0 for black to 255 for white; one more for the terminating zero of a literal.
struct sample {
    char const* name;
    int digit;
    unsigned char pixels[28 * 28 + 1];
};

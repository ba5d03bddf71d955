// SPDX-License-Identifier: MIT
// The smallest application there can be of a network: the image whose size is the network's.
#include "image.hpp"

int main() {
    inlay_driver::infer();
    return 0;
}

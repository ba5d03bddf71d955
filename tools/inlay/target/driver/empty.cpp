// SPDX-License-Identifier: MIT
// The image that a network's size is measured against.
int main() { return 0; }

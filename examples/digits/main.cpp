// SPDX-License-Identifier: MIT
//
// Shows pictures of digits and says which digits they are. The same program runs on a host and on a board without an
// operating system: it needs no heap, no files, no printf.
#include "console.hpp"
#include "digits.hpp"   // from digits.tflite, by inlay
#include "samples.hpp"  // from samples/*.pgm, by samples.cpp

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace {

inlay::engine<digits::model> network;

constexpr int side = 28;

/// A picture as text, one line for two rows of pixels, as characters are twice as high as wide.
void show(unsigned char const* pixels) {
    constexpr char shades[] = " .:-=+*#%@";
    char line[side + 2] = {};
    for (int y = 0; y < side; y += 2) {
        for (int x = 0; x < side; ++x) {
            int const both = pixels[y * side + x] + pixels[(y + 1) * side + x];
            line[x] = shades[both * 10 / 511];
        }
        line[side] = '\n';
        print(line);
    }
}

/// A number from 0 to 100.
void print_number(int number) {
    char text[4] = {};
    int length = 0;
    for (int unit = number >= 100 ? 100 : number >= 10 ? 10 : 1; unit > 0; unit /= 10) {
        text[length++] = static_cast<char>('0' + number / unit % 10);
    }
    print(text);
}

}  // namespace

int main() {
    int recognised = 0;
    for (sample const& each : samples) {
        show(each.pixels);

        // The network's input has its zero, black, at -128.
        std::transform(each.pixels, each.pixels + side * side, network.get<digits::image>().begin(),
                       [](unsigned char pixel) { return static_cast<std::int8_t>(pixel - 128); });
        network.run();

        // A score of -128 stands for 0, one of 128 would be 1.
        auto const scores = network.get<digits::scores>();
        auto const best = std::max_element(scores.begin(), scores.end());
        int const answer = static_cast<int>(best - scores.begin());
        recognised += answer == each.digit ? 1 : 0;

        print(each.name);
        print(": a ");
        print_number(answer);
        print(", ");
        print_number((*best + 128) * 100 / 256);
        print(answer == each.digit ? " %\n\n" : " %, but it is another digit\n\n");
    }
    print_number(recognised);
    print(" of ");
    print_number(static_cast<int>(std::size(samples)));
    print(" recognised\n");
    return recognised == static_cast<int>(std::size(samples)) ? 0 : 1;
}

// SPDX-License-Identifier: MIT
//
// samples HEADER PICTURE...: writes pictures (binary PGM, 28 x 28) as a table, because the board has no files.
// The digit that a picture shows is the first character of its name.
#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace {

constexpr int side = 28;

/// The pixels of a picture; empty if it is not what the network was made for.
std::string pixels_of(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    std::string kind;
    int width = 0;
    int height = 0;
    int white = 0;
    file >> kind >> width >> height >> white;
    file.get();  // the one blank between the header and the pixels
    std::string pixels(side * side, '\0');
    bool const fits = kind == "P5" && width == side && height == side && white == 255;
    return fits && file.read(pixels.data(), side * side) ? pixels : std::string{};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fputs("usage: samples HEADER PICTURE...\n", stderr);
        return 2;
    }
    std::ofstream header{argv[1]};
    header << "#pragma once\n#include \"sample.hpp\"\n\ninline constexpr sample samples[] = {\n";
    for (int i = 2; i < argc; ++i) {
        std::filesystem::path const path = argv[i];
        std::string const name = path.stem().string();
        std::string const pixels = pixels_of(path);
        if (pixels.empty() || std::isdigit(static_cast<unsigned char>(name[0])) == 0) {
            std::fprintf(stderr, "%s: not a sample\n  why   it takes a binary PGM of 28 x 28 pixels with 255 for white, named after its digit\n"
                                 "  mend  convert it, and name it like 7-pencil.pgm\n", argv[i]);
            return 1;
        }
        header << "    {\"" << name << "\", " << name[0] << ",\n     \"";
        for (std::size_t p = 0; p < pixels.size(); ++p) {
            char octal[8];
            std::snprintf(octal, sizeof octal, "\\%03o", static_cast<unsigned>(static_cast<unsigned char>(pixels[p])));
            header << octal << (p % side == side - 1 && p + 1 < pixels.size() ? "\"\n     \"" : "");
        }
        header << "\"},\n";
    }
    header << "};\n";
    header.close();
    if (!header) {
        std::fprintf(stderr, "%s: cannot be written\n", argv[1]);
        return 3;
    }
    return 0;
}

// SPDX-License-Identifier: MIT
#include "report.hpp"
#include "text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace inlay::test {

using tool::printable;

TEST_CASE("printable: what may stand in a line of code and on a terminal") {
    CHECK(printable("block1/conv (3x3), 100 %") == "block1/conv (3x3), 100 %");
    CHECK(printable("größe 画像 🙂") == "größe 画像 🙂");
    CHECK(printable("line\nline\r\ttab") == "line?line??tab");
    CHECK(printable("\x1b[31mred") == "?[31mred");
    CHECK(printable("comment goes on \\") == "comment goes on /");
    CHECK(printable(std::string{"a\0b", 3}) == "a?b");
}

TEST_CASE("printable: marks of direction and separators of lines") {
    CHECK(printable("a\u202Eb") == "a?b");
    CHECK(printable("a\u2028b") == "a?b");
    CHECK(printable("a\u0085b") == "a?b");
    CHECK(printable("a\uFEFFb") == "a?b");
}

TEST_CASE("printable: text that is not UTF-8") {
    CHECK(printable("a\xFFz") == "a?z");
    CHECK(printable("a\x80z") == "a?z");
    CHECK(printable("cut \xE2\x82") == "cut ??");
    CHECK(printable("overlong \xC0\xAF") == "overlong ??");
    CHECK(printable("overlong \xE0\x80\xAF") == "overlong ???");
    CHECK(printable("surrogate \xED\xA0\x80") == "surrogate ???");
    CHECK(printable("beyond \xF4\x90\x80\x80") == "beyond ????");
}

TEST_CASE("printable: long text is cut between characters") {
    CHECK(printable("abcdef", 6) == "abcdef");
    CHECK(printable("abcdefg", 6) == "abcdef...");
    CHECK(printable("ääää", 5) == "ää...");
}

TEST_CASE("report: a paragraph for each problem") {
    tool::report problems{"keyword.tflite"};
    CHECK(problems.empty());
    CHECK(problems.text() == "");
    problems.add("operator 17, SPACE_TO_DEPTH \"block3/s2d\"", "not supported", "block size 4", "export with block size 2");
    problems.add("", "has no output");
    CHECK(!problems.empty());
    CHECK(problems.text() ==
          "keyword.tflite: operator 17, SPACE_TO_DEPTH \"block3/s2d\": not supported\n"
          "  why   block size 4\n"
          "  mend  export with block size 2\n"
          "\n"
          "keyword.tflite: has no output\n");
}

TEST_CASE("report: thousands of problems") {
    tool::report problems{"x.tflite"};
    for (int i = 0; i < 1100; ++i) problems.add("here", "wrong");
    CHECK(problems.count() == 1100);
    CHECK(problems.problems().size() == 100);
    CHECK(problems.text().ends_with("\nx.tflite: 1000 more problems\n"));
}

TEST_CASE("nearest_of: the word with the fewest changes") {
    std::vector<std::string> const words{"conv2d_0", "depthwise_conv2d_0", "scores"};
    CHECK(tool::nearest_of("conv", words) == "conv2d_0");
    CHECK(tool::nearest_of("score", words) == "scores");
    CHECK(tool::nearest_of("depthwise_conv2d_1", words) == "depthwise_conv2d_0");
    CHECK(tool::nearest_of("", words) == "scores");
}

}  // namespace inlay::test

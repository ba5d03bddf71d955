// SPDX-License-Identifier: MIT
#include "read/file.hpp"

#include "error.hpp"
#include "target/temporary_directory.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace inlay::test {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;

tool::tensor_description tensor_of(tool::element_type type, shape const& shape) {
    tool::tensor_description tensor;
    tensor.name = "image";
    tensor.type = type;
    tensor.shape = shape;
    return tensor;
}

/// What reading a tensor from these bytes throws; nothing if it succeeds.
std::optional<tool::tool_error> error_of(std::string_view content, tool::tensor_description const& tensor, int steps = 1) {
    tool::temporary_directory const directory;
    tool::write_file(directory.path() / "tensor", content);
    try {
        tool::read_tensor(directory.path() / "tensor", tensor, steps);
    } catch (tool::tool_error const& error) {
        CHECK(error.status == tool::exit_status::file);
        return error;
    }
    return {};
}

std::string npy(std::string_view header, std::string_view data, char version = 1) {
    std::string const length = version == 1 ? std::string{static_cast<char>(header.size()), '\0'} : std::string{static_cast<char>(header.size()), '\0', '\0', '\0'};
    return "\x93NUMPY"s + version + '\0' + length + std::string{header} + std::string{data};
}

tool::tensor_description const six_bytes = tensor_of(tool::element_type::int8, shape{1, 2, 3});
tool::tensor_description const two_floats = tensor_of(tool::element_type::float32, shape{2});

}  // namespace

TEST_CASE("read_tensor: raw numbers") {
    CHECK(!error_of("abcdef", six_bytes));
    CHECK(!error_of("abcdefabcdef", six_bytes, 2));

    auto const short_file = error_of("abc", six_bytes);
    REQUIRE(short_file);
    CHECK(short_file->what == "has 3 bytes, 6 are wanted");
    CHECK(short_file->why == "\"image\" is int8 [1, 2, 3], 6 bytes");

    auto const steps = error_of("abcdefabcdef", six_bytes);
    REQUIRE(steps);
    CHECK(steps->mend == "give --steps 2");
}

TEST_CASE("read_tensor: .npy") {
    CHECK(!error_of(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (1, 2, 3), }\n", "abcdef"), six_bytes));
    CHECK(!error_of(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }\n", "abcdef"), six_bytes));
    CHECK(!error_of(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 1, 2, 3), }\n", "abcdefghijkl"), six_bytes, 2));
    CHECK(!error_of(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 2, 3), }\n", "abcdefghijkl"), six_bytes, 2));
    CHECK(!error_of(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n", "abcdefgh", 2), two_floats));
    CHECK(!error_of(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n", "abcdefgh", 3), two_floats));
    CHECK(!error_of(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (), }\n", "a"), tensor_of(tool::element_type::int8, shape{})));
}

TEST_CASE("read_tensor: the numbers behind the header of a .npy file") {
    tool::temporary_directory const directory;
    tool::write_file(directory.path() / "x.npy", npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }\n", "abcdef"));
    auto const bytes = tool::read_tensor(directory.path() / "x.npy", six_bytes, 1);
    CHECK(std::string_view{reinterpret_cast<char const*>(bytes.data()), bytes.size()} == "abcdef");
}

TEST_CASE("read_tensor: .npy files that do not fit") {
    auto const says = [](std::string const& file, std::string const& what, tool::tensor_description const& tensor = six_bytes, int steps = 1) {
        auto const error = error_of(file, tensor, steps);
        REQUIRE(error);
        CHECK(error->what.find(what) != std::string::npos);
        CHECK(!error->mend.empty());
    };
    says(npy("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }\n", ""), "holds elements \"<f4\"");
    says(npy("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }\n", "abcdefgh"), "holds elements \">f4\"", two_floats);
    says(npy("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }\n", "abcdef"), "Fortran order");
    says(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (3, 2), }\n", "abcdef"), "holds an array [3, 2]");
    says(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }\n", "abcdef"), "holds an array [2, 3]", six_bytes, 2);
    says(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }\n", "abc"), "has 3 bytes of numbers, its header says 6");
    says(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }\n", "abcdefg"), "has 7 bytes of numbers, its header says 6");
    says(npy("{'descr': [('a', '|i1')], 'fortran_order': False, 'shape': (2, 3), }\n", "abcdef"), "has a header that inlay cannot read");
    says(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (2, -3), }\n", "abcdef"), "has a header that inlay cannot read");
    says(npy("{'descr': '|i1', 'fortran_order': False, 'shape': (99999999999999999999, 3), }\n", "abcdef"), "has a header that inlay cannot read");
    says(npy("{'descr': '|i1", ""), "has a header that inlay cannot read");
    says(npy("", ""), "has a header that inlay cannot read");
    says(npy("{}", "", 4), "is no .npy file that inlay can read");
    says("\x93NUMPY", "is no .npy file that inlay can read");
    says("\x93NUMPY\x01\0\xff\xff{}"s, "is cut short");
}

TEST_CASE("read_file: what cannot be read") {
    tool::temporary_directory const directory;
    for (fs::path const& path : {directory.path() / "nothing", directory.path(), fs::path{"/dev/zero"}}) {
        CAPTURE(path.string());
        std::optional<tool::tool_error> error;
        try {
            tool::read_file(path);
        } catch (tool::tool_error const& thrown) {
            error = thrown;
        }
        REQUIRE(error);
        CHECK(error->status == tool::exit_status::file);
        CHECK(error->where == path.string());
        CHECK(!error->why.empty());
    }
}

TEST_CASE("write_file_atomically: a whole file or none") {
    tool::temporary_directory const directory;
    fs::path const file = directory.path() / "model.hpp";
    tool::write_file_atomically(file, std::string_view{"old"});
    tool::write_file_atomically(file, std::string_view{"new text"});
    CHECK(tool::read_file(file).size() == 8);
    CHECK(std::distance(fs::directory_iterator{directory.path()}, {}) == 1);

    CHECK_THROWS_AS(tool::write_file_atomically(directory.path() / "missing" / "model.hpp", std::string_view{"text"}), tool::tool_error);
    CHECK_THROWS_AS(tool::write_file_atomically(directory.path() / "model.hpp" / "below", std::string_view{"text"}), tool::tool_error);
    tool::write_file_atomically("/dev/null", std::string_view{"text"});
    CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("write_file_atomically: permissions stay, links stay links") {
    tool::temporary_directory const directory;
    fs::path const file = directory.path() / "model.hpp";
    tool::write_file(file, std::string_view{"old"});
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
    fs::create_symlink(file, directory.path() / "link");
    tool::write_file_atomically(directory.path() / "link", std::string_view{"new text"});
    CHECK(fs::is_symlink(directory.path() / "link"));
    CHECK(tool::read_file(file).size() == 8);
    CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read));
}

TEST_CASE("make_directory: there or not, but never in place of a file") {
    tool::temporary_directory const directory;
    tool::make_directory(directory.path() / "a" / "b");
    tool::make_directory(directory.path() / "a" / "b");
    CHECK(fs::is_directory(directory.path() / "a" / "b"));
    tool::write_file(directory.path() / "file", std::string_view{"x"});
    CHECK_THROWS_AS(tool::make_directory(directory.path() / "file"), tool::tool_error);
    CHECK_THROWS_AS(tool::make_directory(directory.path() / "file" / "below"), tool::tool_error);
}

}  // namespace inlay::test

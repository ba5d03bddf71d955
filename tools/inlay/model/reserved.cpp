// SPDX-License-Identifier: MIT
#include "model/reserved.hpp"

#include <algorithm>

namespace inlay::tool {
namespace {

// `model` is the network in every generated header; the last row are macros of compilers and system headers.
constexpr std::string_view keywords[] = {
    "alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand", "bitor", "bool", "break", "case", "catch", "char", "char16_t",
    "char32_t", "char8_t", "class", "co_await", "co_return", "co_yield", "compl", "concept", "const", "const_cast", "consteval",
    "constexpr", "constinit", "continue", "decltype", "default", "delete", "do", "double", "dynamic_cast", "else", "enum", "explicit",
    "export", "extern", "false", "final", "float", "for", "friend", "goto", "if", "import", "inline", "int", "long", "module", "mutable",
    "namespace", "new", "noexcept", "not", "not_eq", "nullptr", "operator", "or", "or_eq", "override", "private", "protected", "public",
    "register", "reinterpret_cast", "requires", "return", "short", "signed", "sizeof", "static", "static_assert", "static_cast", "struct",
    "switch", "template", "this", "thread_local", "throw", "true", "try", "typedef", "typeid", "typename", "union", "unsigned", "using",
    "virtual", "void", "volatile", "wchar_t", "while", "xor", "xor_eq",
    "model", "std",
    "arm", "assert", "emit", "errno", "i386", "linux", "major", "minor", "pixel", "signals", "slots", "stderr", "stdin", "stdout", "unix",
    "vector"};

constexpr std::string_view inlay_names[] = {
#include "reserved_names.inc"
};

// From <cmath>, <cstdlib>, <cstring>, <cstdio>, <ctime>, <csignal>, <cctype> and the POSIX headers that come with them.
constexpr std::string_view global_names[] = {
    "abort", "abs", "accept", "access", "acos", "acosh", "alarm", "asin", "asinh", "atan", "atan2", "atanh", "atexit", "atof", "atoi",
    "atol", "bind", "brk", "bsearch", "calloc", "cbrt", "ceil", "chdir", "clearerr", "clock", "close", "connect", "copysign", "cos",
    "cosh", "creat", "ctime", "daylight", "difftime", "div", "drem", "dup", "erand48", "erf", "erfc", "exit", "exp", "exp2", "expm1",
    "fabs", "fclose", "fdim", "feof", "ffs", "fflush", "fgetc", "floor", "fma", "fmax", "fmin", "fmod", "fopen", "fork", "fread", "free",
    "frexp", "fseek", "ftell", "fwrite", "gamma", "getc", "getenv", "gets", "gmtime", "hypot", "ilogb", "index", "isalpha", "isatty", "isdigit",
    "isinf", "isnan", "j0", "j1", "jn", "kill", "labs", "ldexp", "ldiv", "lgamma", "link", "listen", "localtime", "log", "log10", "log1p", "log2",
    "logb", "lrint", "lround", "lseek", "main", "malloc", "memchr", "memcmp", "memcpy", "memmove", "memset", "mktime", "modf", "nan",
    "nearbyint", "nice", "open", "pause", "perror", "pipe", "pow", "printf", "putc", "puts", "qsort", "raise", "rand", "random", "read", "realloc",
    "remainder", "remove", "remquo", "rename", "rewind", "rindex", "rint", "round", "scalb", "scanf", "select", "send", "signal", "signbit",
    "significand", "sin", "sinh", "sleep", "socket", "sqrt", "srand", "stat", "step", "strcat", "strchr", "strcmp", "strcpy", "strlen", "sync",
    "system", "tan", "tanh", "tgamma", "time", "timezone", "toascii", "tolower", "toupper", "trunc", "truncate", "ungetc", "unlink", "wait",
    "write", "y0", "y1", "yn"};

template <class Words>
bool contains(Words const& words, std::string_view name) {
    return std::ranges::find(words, name) != std::ranges::end(words);
}

}  // namespace

bool is_keyword(std::string_view name) { return contains(keywords, name); }
bool is_inlay_name(std::string_view name) { return contains(inlay_names, name); }
bool is_declared_globally(std::string_view name) { return contains(global_names, name); }

}  // namespace inlay::tool

# SPDX-License-Identifier: MIT
#
# Prints the names that headers declare in the namespace inlay, each as a C++ string: a model's layers must be called differently.
# It takes the style of the headers for granted: what a namespace declares stands in the first column.
/^ / || /^\/\// || /^#/ || /^}/ { next }
{
    line = $0
    while (match(line, /^template ?<[^()]*> */)) line = substr(line, RLENGTH + 1)
    if (match(line, /^(inline |constexpr |consteval |extern )*(struct|class|enum class|enum|union|concept|using|namespace) +[a-z][a-z0-9_:]*/)) {
        name = substr(line, 1, RLENGTH)
        sub(/.*[ :]/, "", name)
    } else if (match(line, /[a-z][a-z0-9_]* ?(\(| = |\{|;)/)) {
        name = substr(line, RSTART, RLENGTH)
        sub(/[^a-z0-9_].*/, "", name)
    } else next
    if (!(name in seen)) printf "\"%s\",\n", name
    seen[name] = 1
}

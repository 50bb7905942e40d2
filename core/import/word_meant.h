// What a mistyped word may mean.
#pragma once

#include <span>
#include <string_view>

namespace convscope::imports {

// The known word that is nearest, if two changes or fewer lead to it and leave something of the
// word; else an empty text.
std::string_view word_meant(std::string_view word, std::span<const std::string_view> known);

}  // namespace convscope::imports

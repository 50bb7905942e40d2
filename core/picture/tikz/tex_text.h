// Text as LaTeX reads it.
#pragma once

#include <string>
#include <string_view>

namespace convscope::picture::tikz {

// With LaTeX's own signs escaped, and symbols as formulas. Characters that need a package of their
// own, other than Cyrillic, become a question mark.
std::string tex_text(std::u32string_view characters);

bool is_cyrillic(char32_t character);

}  // namespace convscope::picture::tikz

// Converts numbers from typed text and to displayed text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convscope::panels::widgets {

// "2", "-0.5", "−0,5" (a typographic minus, a decimal comma), "1/16", "1e-3". Infinity for a number
// beyond float. nullopt for anything else: empty text, words, "inf", trailing junk.
std::optional<float> parse_value(std::string_view text);

// With as few digits as read back exactly.
std::string value_text(float value);

// Replaces the minus signs of numbers in `text` by the typographic one used on the stage; the
// hyphen of "stride-1" stays.
std::string with_minus_signs(std::string_view text);

}  // namespace convscope::panels::widgets

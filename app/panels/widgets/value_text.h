// Numbers as people type them, and as they read them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace convscope::panels::widgets {

// "2", "-0.5", "−0,5" (a typographic minus, a decimal comma), "1/16", "1e-3". An infinity for a
// number beyond float. Nothing for anything else: empty text, words, "inf", trailing junk.
std::optional<float> parse_value(std::string_view text);

// As short as it reads back.
std::string value_text(float value);

// Numbers in `text` get the minus sign that the stage writes; the hyphen of "stride-1" stays.
std::string with_minus_signs(std::string_view text);

}  // namespace convscope::panels::widgets

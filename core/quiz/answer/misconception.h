// The named misconceptions, each with a sentence that corrects it.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace convscope::quiz {

// All codes, in order.
std::span<const std::string_view> misconceptions();
bool is_misconception(std::string_view code);
// The locale key of its sentence.
std::string feedback_key(std::string_view code);

}  // namespace convscope::quiz

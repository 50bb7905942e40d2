// Where the actions of a replay file begin, for messages about them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace convscope::session {

// A line each, from 1. `json` is what parse_replay() has read.
std::vector<std::int64_t> action_lines(std::string_view json, const std::string& name);

}  // namespace convscope::session

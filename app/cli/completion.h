// Shell scripts that complete the command line.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "app/cli/syntax.h"

namespace convscope::cli {

enum class Shell { kBash, kZsh, kFish };

inline constexpr std::array<std::pair<std::string_view, Shell>, 3> kShells = {
    {{"bash", Shell::kBash}, {"zsh", Shell::kZsh}, {"fish", Shell::kFish}}};

std::string completion(const Syntax& syntax, Shell shell);

}  // namespace convscope::cli

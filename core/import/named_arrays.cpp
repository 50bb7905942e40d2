#include "core/import/named_arrays.h"

#include <algorithm>

namespace convscope::imports {

std::string names_of(const std::vector<NamedArray>& arrays) {
  constexpr std::size_t kMost = 8;
  std::string names;
  for (std::size_t i = 0; i < std::min(arrays.size(), kMost); ++i) {
    names += (i > 0 ? ", " : "") + arrays[i].name;
  }
  return arrays.size() > kMost ? names + ", ..." : names;
}

}  // namespace convscope::imports

// std::bit_cast, which some standard libraries of C++20 lack (Emscripten 3.1.6).
#pragma once

#include <cstring>
#include <type_traits>

namespace convscope {

template <typename To, typename From>
To bit_cast(const From& from) {
  static_assert(sizeof(To) == sizeof(From));
  static_assert(std::is_trivially_copyable_v<To> && std::is_trivially_copyable_v<From>);
  To to;
  std::memcpy(&to, &from, sizeof to);
  return to;
}

}  // namespace convscope

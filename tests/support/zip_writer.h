// Files of several arrays, as small as their formats allow: a ZIP archive of stored members, and
// safetensors. Checksums are computed bit by bit, by the polynomial.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace convscope::testing {

inline std::string little_end_first(std::uint64_t number, int size) {
  std::string bytes;
  for (int i = 0; i < size; ++i) {
    bytes += static_cast<char>(number >> (8 * i) & 0xFF);
  }
  return bytes;
}

inline std::uint32_t crc32_by_bits(std::string_view bytes) {
  std::uint32_t sum = 0xFFFFFFFF;
  for (const char byte : bytes) {
    sum ^= static_cast<unsigned char>(byte);
    for (int bit = 0; bit < 8; ++bit) {
      sum = (sum >> 1) ^ ((sum & 1) != 0 ? 0xEDB88320u : 0);
    }
  }
  return ~sum;
}

inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
  const auto number = little_end_first;
  std::string locals;
  std::string directory;
  for (const auto& [name, data] : members) {
    const std::string common = number(0, 2) + number(0, 2) + number(0, 4) +
                               number(crc32_by_bits(data), 4) + number(data.size(), 4) +
                               number(data.size(), 4) + number(name.size(), 2) + number(0, 2);
    directory += "PK\x01\x02" + number(20, 2) + number(20, 2) + common + number(0, 2) +
                 number(0, 2) + number(0, 2) + number(0, 4) + number(locals.size(), 4) + name;
    locals += "PK\x03\x04" + number(20, 2) + common + name + data;
  }
  return locals + directory + "PK\x05\x06" + number(0, 4) + number(members.size(), 2) +
         number(members.size(), 2) + number(directory.size(), 4) + number(locals.size(), 4) +
         number(0, 2);
}

// `header` is its JSON.
inline std::string safetensors_of(const std::string& header, const std::string& numbers) {
  return little_end_first(header.size(), 8) + header + numbers;
}

}  // namespace convscope::testing

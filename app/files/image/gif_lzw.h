// GIF's compression: LZW with codes of 9 to 12 bits.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace convscope::files {

class GifLzw {
 public:
  GifLzw();
  // The image data of a frame: the size of its codes, blocks of at most 255 bytes, and an empty
  // block.
  void append(std::string& file, std::span<const std::uint8_t> indexes);

 private:
  static constexpr int kClear = 256;
  static constexpr int kEnd = 257;
  static constexpr int kCodes = 4096;
  static constexpr std::size_t kSlots = 16384;  // a power of two, of the hash table

  void forget();
  // The code of `prefix` and one more byte; kEnd if it has none yet.
  int find(int prefix, std::uint8_t byte) const;
  void learn(int prefix, std::uint8_t byte);
  void put(int code);
  std::size_t slot_of(int prefix, std::uint8_t byte) const;

  std::string packed_;
  std::uint32_t bits_ = 0;  // not packed yet
  int bit_count_ = 0;
  int width_ = 9;
  int next_ = kEnd + 1;
  std::array<std::uint8_t, kCodes> last_{};  // byte of each code
  // Most of a drawing is runs: the code with the last byte once more, or 0.
  std::array<std::uint16_t, kCodes> again_{};
  std::vector<std::uint32_t> slots_;  // (prefix, byte, code) of all others; 0 is free
};

}  // namespace convscope::files

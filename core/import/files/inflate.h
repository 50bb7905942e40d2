// What deflate has packed, unpacked in pieces; packing; and checksums. The only place that knows
// zlib.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace convscope::imports {

class Inflater {
 public:
  // kNone: as in a ZIP archive; kZlib: with zlib's header, as in a PNG.
  enum class Wrapper { kNone, kZlib };
  explicit Inflater(Wrapper wrapper);
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Unpacks into `room` until it is full or `packed`, which is shortened by what was taken, is used
  // up. Returns how many bytes were made.
  std::size_t inflate(std::span<const std::byte>& packed, std::span<std::byte> room);
  bool ended() const;  // nothing follows
  bool damaged() const;

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

// Packed with zlib's header, as in a PNG; `level` from 1 (fast) to 9 (small).
std::string deflated(std::span<const std::byte> bytes, int level);

// CRC-32, as in ZIP and PNG.
std::uint32_t checksum_of(std::span<const std::byte> bytes);

}  // namespace convscope::imports

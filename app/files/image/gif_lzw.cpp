#include "app/files/image/gif_lzw.h"

#include <algorithm>

namespace convscope::files {
namespace {

constexpr std::size_t kMostInBlock = 255;

std::uint32_t key_of(int prefix, std::uint8_t byte) {
  return static_cast<std::uint32_t>(prefix) << 8 | byte;
}

}  // namespace

GifLzw::GifLzw() : slots_(kSlots) {
  for (std::size_t byte = 0; byte < 256; ++byte) {
    last_[byte] = static_cast<std::uint8_t>(byte);
  }
}

void GifLzw::forget() {
  width_ = 9;
  next_ = kEnd + 1;
  again_.fill(0);
  std::ranges::fill(slots_, 0U);
}

// Where it stands in the table, or would.
std::size_t GifLzw::slot_of(int prefix, std::uint8_t byte) const {
  const std::uint32_t key = key_of(prefix, byte);
  std::size_t at = key * 0x9e3779b1U >> 18;
  while (slots_[at] != 0 && slots_[at] >> 12 != key) {
    at = (at + 1) % kSlots;
  }
  return at;
}

int GifLzw::find(int prefix, std::uint8_t byte) const {
  const auto code = static_cast<std::size_t>(prefix);
  if (byte == last_[code]) {
    return again_[code] != 0 ? again_[code] : kEnd;
  }
  const std::uint32_t slot = slots_[slot_of(prefix, byte)];
  return slot != 0 ? static_cast<int>(slot & 0xFFFU) : kEnd;
}

void GifLzw::learn(int prefix, std::uint8_t byte) {
  const int code = next_++;
  if (byte == last_[static_cast<std::size_t>(prefix)]) {
    again_[static_cast<std::size_t>(prefix)] = static_cast<std::uint16_t>(code);
  } else {
    slots_[slot_of(prefix, byte)] = key_of(prefix, byte) << 12 | static_cast<std::uint32_t>(code);
  }
  last_[static_cast<std::size_t>(code)] = byte;
  if (code >= 1 << width_) {
    ++width_;
  }
}

void GifLzw::put(int code) {
  bits_ |= static_cast<std::uint32_t>(code) << bit_count_;
  bit_count_ += width_;
  for (; bit_count_ >= 8; bit_count_ -= 8) {
    packed_ += static_cast<char>(bits_ & 255U);
    bits_ >>= 8;
  }
}

void GifLzw::append(std::string& file, std::span<const std::uint8_t> indexes) {
  packed_.clear();
  forget();
  put(kClear);
  int prefix = indexes.front();
  for (const std::uint8_t byte : indexes.subspan(1)) {
    const int longer = find(prefix, byte);
    if (longer != kEnd) {
      prefix = longer;
      continue;
    }
    put(prefix);
    learn(prefix, byte);
    if (next_ == kCodes) {
      put(kClear);
      forget();
    }
    prefix = byte;
  }
  put(prefix);
  // A reader learns with every code, so its codes may have become wider.
  if (next_ >= 1 << width_ && width_ < 12) {
    ++width_;
  }
  put(kEnd);
  if (bit_count_ > 0) {
    packed_ += static_cast<char>(bits_ & 255U);
  }
  bits_ = 0;
  bit_count_ = 0;
  file += '\x08';  // bits of an index
  for (std::size_t at = 0; at < packed_.size(); at += kMostInBlock) {
    const std::size_t size = std::min(kMostInBlock, packed_.size() - at);
    file += static_cast<char>(size);
    file.append(packed_, at, size);
  }
  file += '\0';
}

}  // namespace convscope::files

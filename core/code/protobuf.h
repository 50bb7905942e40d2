// The little of Protocol Buffers' wire format that a model file needs: messages are built as bytes.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace convscope::code {

class Message {
 public:
  void integer(int field, std::int64_t value) {
    key(field, 0);
    varint(static_cast<std::uint64_t>(value));
  }
  void bytes(int field, std::string_view value) {
    key(field, 2);
    varint(value.size());
    bytes_ += value;
  }
  void message(int field, const Message& value) { bytes(field, value.bytes_); }
  void number(int field, float value) {
    key(field, 5);
    append(value);
  }
  // Numbers in a row, as raw_data holds them: little-endian whatever the machine.
  static std::string raw(std::span<const float> values) {
    Message all;
    for (const float value : values) {
      all.append(value);
    }
    return all.bytes_;
  }
  static std::string raw(std::span<const std::int64_t> values) {
    Message all;
    for (const std::int64_t value : values) {
      all.little_endian(static_cast<std::uint64_t>(value), 8);
    }
    return all.bytes_;
  }

  const std::string& text() const { return bytes_; }

 private:
  void key(int field, int wire_type) {
    varint(static_cast<std::uint64_t>(field) << 3 | static_cast<std::uint64_t>(wire_type));
  }
  void varint(std::uint64_t value) {
    for (; value >= 128; value >>= 7) {
      bytes_ += static_cast<char>(value % 128 + 128);
    }
    bytes_ += static_cast<char>(value);
  }
  void append(float value) { little_endian(std::bit_cast<std::uint32_t>(value), 4); }
  void little_endian(std::uint64_t value, int count) {
    for (; count > 0; --count, value >>= 8) {
      bytes_ += static_cast<char>(value & 255);
    }
  }

  std::string bytes_;
};

}  // namespace convscope::code

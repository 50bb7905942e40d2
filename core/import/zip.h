// ZIP archives: stored and deflated members, also with ZIP64's sizes. Everything that an archive
// says of itself is checked against its bytes before memory is taken.
// Format: PKWARE's APPNOTE.TXT, sections 4.3 and 4.5.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace convscope::imports {

struct ZipMember {
  std::string name;
  std::uint64_t packed = 0;  // bytes in the archive
  std::uint64_t size = 0;    // bytes of the member
  std::uint64_t begin = 0;   // where the packed bytes lie in the archive
  std::uint32_t checksum = 0;
  bool deflated = false;
  bool encrypted = false;
  bool known_method = true;
};

bool is_zip(std::span<const std::byte> bytes);

// `file` is the archive's name for the message. Throws Failure "zip_*".
std::vector<ZipMember> zip_members(std::span<const std::byte> bytes, const std::string& file);

// The whole member, of at most `limit` bytes; its checksum is compared. Throws Failure "zip_*".
std::vector<std::byte> zip_read(std::span<const std::byte> bytes, const ZipMember& member,
                                std::uint64_t limit, const std::string& file);

// Its first bytes, `count` or fewer. Nothing is compared.
std::vector<std::byte> zip_read_start(std::span<const std::byte> bytes, const ZipMember& member,
                                      std::size_t count, const std::string& file);

}  // namespace convscope::imports

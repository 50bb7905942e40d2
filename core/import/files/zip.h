// ZIP archives: stored and deflated members, including ZIP64 sizes. Everything that an archive
// states is checked against its bytes before memory is allocated.
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
  std::uint64_t begin = 0;   // offset of the packed bytes in the archive
  std::uint32_t checksum = 0;
  bool deflated = false;
  bool encrypted = false;
  bool known_method = true;
};

bool is_zip(std::span<const std::byte> bytes);

// `file` is the archive's name for error messages. Throws Failure "zip_*".
std::vector<ZipMember> zip_members(std::span<const std::byte> bytes, const std::string& file);

// The whole member, of at most `limit` bytes, with its checksum verified. Throws Failure "zip_*".
std::vector<std::byte> zip_read(std::span<const std::byte> bytes, const ZipMember& member,
                                std::uint64_t limit, const std::string& file);

// The first `count` bytes of the member, or fewer. The checksum is not verified.
std::vector<std::byte> zip_read_start(std::span<const std::byte> bytes, const ZipMember& member,
                                      std::size_t count, const std::string& file);

}  // namespace convscope::imports

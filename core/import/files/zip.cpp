#include "core/import/files/zip.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "core/import/files/fail.h"
#include "core/import/files/inflate.h"
#include "core/import/text/plain_text.h"

namespace convscope::imports {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::uint32_t kLocalHeader = 0x04034B50;
constexpr std::uint32_t kCentralHeader = 0x02014B50;
constexpr std::uint32_t kEnd = 0x06054B50;
constexpr std::uint32_t kEnd64 = 0x06064B50;
constexpr std::uint32_t kEnd64Locator = 0x07064B50;
constexpr std::size_t kEndSize = 22;
constexpr std::uint32_t kInExtra = 0xFFFFFFFF;  // the number is in the ZIP64 record
constexpr std::uint64_t kMostMembers = 100'000;
constexpr std::uint64_t kBestRatio = 1032;  // deflate's limit

// Reads little-endian numbers; an offset out of range throws "zip_damaged".
class Reader {
 public:
  Reader(Bytes bytes, const std::string& file) : bytes_(bytes), file_(file) {}

  std::uint64_t number(std::uint64_t at, std::size_t size) const {
    const Bytes from = part(at, size);
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      value |= std::to_integer<std::uint64_t>(from[i]) << (8 * i);
    }
    return value;
  }
  std::uint32_t four(std::uint64_t at) const { return static_cast<std::uint32_t>(number(at, 4)); }
  std::uint16_t two(std::uint64_t at) const { return static_cast<std::uint16_t>(number(at, 2)); }
  std::uint64_t eight(std::uint64_t at) const { return number(at, 8); }

  Bytes part(std::uint64_t at, std::uint64_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) {
      fail("zip_damaged", file_);
    }
    return bytes_.subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(size));
  }
  std::string text(std::uint64_t at, std::uint64_t size) const {
    const Bytes from = part(at, size);
    return {reinterpret_cast<const char*>(from.data()), from.size()};
  }

 private:
  Bytes bytes_;
  const std::string& file_;
};

struct Directory {
  std::uint64_t begin = 0;
  std::uint64_t size = 0;
  std::uint64_t members = 0;
};

// The end record comes before a comment of up to 65535 bytes.
std::uint64_t end_record(Bytes bytes, const Reader& read, const std::string& file) {
  constexpr std::size_t kMostComment = 65535;
  if (bytes.size() < kEndSize) {
    fail("zip_damaged", file);
  }
  const std::size_t last = bytes.size() - kEndSize;
  const std::size_t first = last - std::min(last, kMostComment);
  for (std::size_t at = last + 1; at-- > first;) {
    if (read.four(at) == kEnd && read.two(at + 20) == last - at) {
      return at;
    }
  }
  fail("zip_damaged", file);
}

Directory find_directory(Bytes bytes, const Reader& read, const std::string& file) {
  const std::uint64_t end = end_record(bytes, read, file);
  Directory found = {read.four(end + 16), read.four(end + 12), read.two(end + 10)};
  const bool extended =
      found.begin == kInExtra || found.size == kInExtra || found.members == 0xFFFF;
  constexpr std::uint64_t kLocatorSize = 20;
  if (extended && end >= kLocatorSize && read.four(end - kLocatorSize) == kEnd64Locator) {
    const std::uint64_t at = read.eight(end - kLocatorSize + 8);
    if (read.part(at, 56).empty() || read.four(at) != kEnd64) {
      fail("zip_damaged", file);
    }
    found = {read.eight(at + 48), read.eight(at + 40), read.eight(at + 32)};
  }
  constexpr std::uint64_t kLeastHeader = 46;
  if (found.members > kMostMembers ||
      found.members > read.part(found.begin, found.size).size() / kLeastHeader) {
    fail("zip_damaged", file);
  }
  return found;
}

// ZIP64's extra field holds, in this order, whichever of size, packed size and offset did not fit.
void read_extra(const Reader& read, std::uint64_t at, std::uint64_t end, ZipMember& member,
                std::uint64_t& header, const std::string& file) {
  constexpr std::uint16_t kZip64 = 1;
  while (at + 4 <= end) {
    const std::uint16_t kind = read.two(at);
    std::uint64_t field = at + 4;
    at = field + read.two(at + 2);
    if (at > end) {
      fail("zip_damaged", file);
    }
    if (kind != kZip64) {
      continue;
    }
    for (std::uint64_t* value : {&member.size, &member.packed, &header}) {
      if (*value == kInExtra) {
        if (field + 8 > at) {
          fail("zip_damaged", file);
        }
        *value = read.eight(field);
        field += 8;
      }
    }
  }
}

// A member's bytes follow its own header, whose name and extra field may be longer than in the
// directory.
std::uint64_t data_begin(const Reader& read, std::uint64_t header, const std::string& file) {
  constexpr std::uint64_t kHeaderSize = 30;
  read.part(header, kHeaderSize);
  if (read.four(header) != kLocalHeader) {
    fail("zip_damaged", file);
  }
  return header + kHeaderSize + read.two(header + 26) + read.two(header + 28);
}

ZipMember read_member(const Reader& read, std::uint64_t& at, const std::string& file) {
  if (read.four(at) != kCentralHeader) {
    fail("zip_damaged", file);
  }
  const std::uint16_t flags = read.two(at + 8);
  const std::uint16_t method = read.two(at + 10);
  ZipMember member;
  member.encrypted = (flags & 1) != 0;
  member.deflated = method == 8;
  member.known_method = method == 0 || method == 8;
  member.checksum = read.four(at + 16);
  member.packed = read.four(at + 20);
  member.size = read.four(at + 24);
  std::uint64_t header = read.four(at + 42);
  const std::uint64_t name_size = read.two(at + 28);
  const std::uint64_t extra = at + 46 + name_size;
  const std::uint64_t extra_end = extra + read.two(at + 30);
  member.name = PlainText(read.text(at + 46, name_size)).shown();
  read_extra(read, extra, extra_end, member, header, file);
  at = extra_end + read.two(at + 32);
  member.begin = data_begin(read, header, file);
  read.part(member.begin, member.packed);
  const bool possible =
      member.deflated ? member.size / kBestRatio <= member.packed : member.size == member.packed;
  if (member.known_method && !member.encrypted && !possible) {
    fail("zip_sizes", file, {{"member", member.name}});
  }
  return member;
}

void check_readable(const ZipMember& member, const std::string& file) {
  if (member.encrypted) {
    fail("zip_encrypted", file, {{"member", member.name}});
  }
  if (!member.known_method) {
    fail("zip_method", file, {{"member", member.name}});
  }
}

// Inflates up to `count` bytes; fewer if the member ends earlier.
std::vector<std::byte> inflated(Bytes packed, std::size_t count, const ZipMember& member,
                                const std::string& file) {
  std::vector<std::byte> out(count);
  Inflater inflater(Inflater::Wrapper::kNone);
  const std::size_t made = inflater.inflate(packed, out);
  if (inflater.damaged() || (made < count && !inflater.ended())) {
    fail("zip_member_damaged", file, {{"member", member.name}});
  }
  out.resize(made);
  return out;
}

Bytes packed_bytes(Bytes bytes, const ZipMember& member) {
  return bytes.subspan(static_cast<std::size_t>(member.begin),
                       static_cast<std::size_t>(member.packed));
}

}  // namespace

bool is_zip(std::span<const std::byte> bytes) {
  const std::string none;
  if (bytes.size() < kEndSize) {
    return false;
  }
  const std::uint32_t start = Reader(bytes, none).four(0);
  return start == kLocalHeader || start == kEnd;
}

std::vector<ZipMember> zip_members(std::span<const std::byte> bytes, const std::string& file) {
  if (!is_zip(bytes)) {
    fail("zip_magic", file);
  }
  const Reader read(bytes, file);
  const Directory directory = find_directory(bytes, read, file);
  std::vector<ZipMember> members;
  members.reserve(static_cast<std::size_t>(directory.members));
  std::uint64_t at = directory.begin;
  for (std::uint64_t i = 0; i < directory.members; ++i) {
    members.push_back(read_member(read, at, file));
  }
  return members;
}

std::vector<std::byte> zip_read(std::span<const std::byte> bytes, const ZipMember& member,
                                std::uint64_t limit, const std::string& file) {
  check_readable(member, file);
  if (member.size > limit) {
    fail("zip_member_large", file,
         {{"member", member.name}, {"limit_mb", static_cast<std::int64_t>(limit >> 20)}});
  }
  const Bytes packed = packed_bytes(bytes, member);
  const auto size = static_cast<std::size_t>(member.size);
  std::vector<std::byte> out = member.deflated
                                   ? inflated(packed, size, member, file)
                                   : std::vector<std::byte>(packed.begin(), packed.end());
  if (out.size() != size || checksum_of(out) != member.checksum) {
    fail("zip_member_damaged", file, {{"member", member.name}});
  }
  return out;
}

std::vector<std::byte> zip_read_start(std::span<const std::byte> bytes, const ZipMember& member,
                                      std::size_t count, const std::string& file) {
  check_readable(member, file);
  const Bytes packed = packed_bytes(bytes, member);
  count = static_cast<std::size_t>(std::min<std::uint64_t>(count, member.size));
  if (member.deflated) {
    return inflated(packed, count, member, file);
  }
  return {packed.begin(), packed.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace convscope::imports

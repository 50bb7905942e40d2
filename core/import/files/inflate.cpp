#include "core/import/files/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace convscope::imports {
namespace {

// zlib counts in 32 bits.
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;

}  // namespace

struct Inflater::Stream {
  z_stream zlib = {};
  int status = Z_OK;
};

Inflater::Inflater(Wrapper wrapper) : stream_(std::make_unique<Stream>()) {
  const int bits = wrapper == Wrapper::kZlib ? MAX_WBITS : -MAX_WBITS;
  if (inflateInit2(&stream_->zlib, bits) != Z_OK) {
    throw std::bad_alloc();
  }
}

Inflater::~Inflater() { inflateEnd(&stream_->zlib); }

std::size_t Inflater::inflate(std::span<const std::byte>& packed, std::span<std::byte> room) {
  z_stream& zlib = stream_->zlib;
  int& status = stream_->status;
  std::size_t made = 0;
  while (status == Z_OK && made < room.size() && !packed.empty()) {
    const std::size_t in = std::min(packed.size(), kMostAtOnce);
    const std::size_t out = std::min(room.size() - made, kMostAtOnce);
    zlib.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data()));
    zlib.avail_in = static_cast<uInt>(in);
    zlib.next_out = reinterpret_cast<Bytef*>(room.data() + made);
    zlib.avail_out = static_cast<uInt>(out);
    status = ::inflate(&zlib, Z_NO_FLUSH);
    packed = packed.subspan(in - zlib.avail_in);
    made += out - zlib.avail_out;
  }
  return made;
}

bool Inflater::ended() const { return stream_->status == Z_STREAM_END; }
bool Inflater::damaged() const {
  return stream_->status != Z_OK && stream_->status != Z_STREAM_END &&
         stream_->status != Z_BUF_ERROR;
}

std::string deflated(std::span<const std::byte> bytes, int level) {
  z_stream zlib = {};
  if (deflateInit(&zlib, level) != Z_OK) {
    throw std::bad_alloc();
  }
  std::string packed;
  std::string room(std::size_t{1} << 16, '\0');
  int status = Z_OK;
  while (status == Z_OK) {
    if (zlib.avail_in == 0) {
      const std::size_t size = std::min(bytes.size(), kMostAtOnce);
      zlib.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
      zlib.avail_in = static_cast<uInt>(size);
      bytes = bytes.subspan(size);
    }
    zlib.next_out = reinterpret_cast<Bytef*>(room.data());
    zlib.avail_out = static_cast<uInt>(room.size());
    status = ::deflate(&zlib, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
    packed.append(room, 0, room.size() - zlib.avail_out);
  }
  deflateEnd(&zlib);
  return packed;
}

std::uint32_t checksum_of(std::span<const std::byte> bytes) {
  uLong sum = crc32(0, nullptr, 0);
  for (std::size_t at = 0; at < bytes.size(); at += kMostAtOnce) {
    const std::size_t size = std::min(bytes.size() - at, kMostAtOnce);
    sum = crc32(sum, reinterpret_cast<const Bytef*>(bytes.data() + at), static_cast<uInt>(size));
  }
  return static_cast<std::uint32_t>(sum);
}

}  // namespace convscope::imports

#include "core/code/numbers/number_files.h"

#include "core/code/protobuf.h"
#include "core/import/files/inflate.h"
#include "core/tensor/npy.h"

namespace convscope::code {
namespace {

std::string little_endian(std::uint64_t number, int bytes) {
  std::string text;
  for (; bytes > 0; --bytes, number >>= 8) {
    text += static_cast<char>(number & 0xFF);
  }
  return text;
}

std::uint32_t checksum(std::string_view bytes) {
  return imports::checksum_of(std::as_bytes(std::span(bytes)));
}

// A ZIP archive of members that are stored as they are, all of 1980: the same bytes every day.
class StoredZip {
 public:
  void add(const std::string& name, std::string_view data) {
    constexpr std::uint64_t kVersion = 20;
    constexpr std::uint64_t kFirstDay = 0x21;
    const std::uint64_t start = archive_.size();
    const std::string common = little_endian(0, 4) +  // flags, method: stored
                               little_endian(0, 2) + little_endian(kFirstDay, 2) +
                               little_endian(checksum(data), 4) + little_endian(data.size(), 4) +
                               little_endian(data.size(), 4) + little_endian(name.size(), 2) +
                               little_endian(0, 2);
    archive_ += "PK\x03\x04" + little_endian(kVersion, 2) + common + name;
    archive_ += data;
    directory_ += "PK\x01\x02" + little_endian(kVersion, 2) + little_endian(kVersion, 2) + common +
                  little_endian(0, 10) + little_endian(start, 4) + name;
    ++count_;
  }
  std::string finished() {
    const std::uint64_t start = archive_.size();
    archive_ += directory_;
    archive_ += "PK\x05\x06" + little_endian(0, 4) + little_endian(count_, 2) +
                little_endian(count_, 2) + little_endian(directory_.size(), 4) +
                little_endian(start, 4) + little_endian(0, 2);
    return std::move(archive_);
  }

 private:
  std::string archive_;
  std::string directory_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::string npy_file(std::span<const NamedTensor> tensors) {
  return npy_bytes(tensors.front().sides, tensors.front().values.values());
}

std::string npz_file(std::span<const NamedTensor> tensors) {
  StoredZip zip;
  for (const NamedTensor& tensor : tensors) {
    zip.add(tensor.name + ".npy", npy_bytes(tensor.sides, tensor.values.values()));
  }
  return zip.finished();
}

// The length of a JSON header, the header, and the numbers without gaps.
std::string safetensors_file(std::span<const NamedTensor> tensors) {
  std::string header = "{";
  std::uint64_t at = 0;
  for (const NamedTensor& tensor : tensors) {
    const std::uint64_t end = at + tensor.values.values().size_bytes();
    header += header == "{" ? "\"" : ",\"";
    header += tensor.name + R"(":{"dtype":"F32","shape":[)";
    for (std::size_t axis = 0; axis < tensor.sides.size(); ++axis) {
      header += (axis == 0 ? "" : ",") + std::to_string(tensor.sides[axis]);
    }
    header += "],\"data_offsets\":[" + std::to_string(at) + "," + std::to_string(end) + "]}";
    at = end;
  }
  header += "}";
  constexpr std::size_t kAlignment = 8;
  header.append((kAlignment - header.size() % kAlignment) % kAlignment, ' ');
  std::string file = little_endian(header.size(), 8) + header;
  file.reserve(file.size() + at);
  for (const NamedTensor& tensor : tensors) {
    file += Message::raw(tensor.values.values());
  }
  return file;
}

}  // namespace convscope::code

// Files of arrays: .npy, .npz and safetensors.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/import/files/named_arrays.h"
#include "core/lesson/lesson.h"
#include "core/tensor/npy.h"

namespace convscope::files {

inline constexpr std::uint64_t kMaxArrayBytes = 2ull << 30;

// By its name alone, before anything is read.
bool has_array_ending(const std::filesystem::path& file);

// What a lesson calls a file of these bytes; nothing if it holds no arrays. A safetensors file has
// no mark at its begin: it is known by its name or by the bracket of its header.
std::optional<lesson::FileSource::Kind> array_kind(std::span<const std::byte> bytes,
                                                   const std::filesystem::path& file);

// The same where nothing else would do. Throws Failure.
lesson::FileSource::Kind known_array_kind(std::span<const std::byte> bytes,
                                          const std::filesystem::path& file);

// All arrays; that of a .npy has no name. Throws Failure.
std::vector<imports::NamedArray> arrays_in(std::span<const std::byte> bytes,
                                           lesson::FileSource::Kind kind, const std::string& file);
std::vector<imports::NamedArray> arrays_of(const std::filesystem::path& file);

// The array that `source` names, or the part of it. Throws Failure; `file` is for the message.
NpyArray read_array(std::span<const std::byte> bytes, const lesson::FileSource& source,
                    const std::string& file);
Tensor read_tensor(std::span<const std::byte> bytes, const lesson::FileSource& source,
                   const std::string& file);

}  // namespace convscope::files

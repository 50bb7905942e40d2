// .npz and .safetensors: files written by NumPy, files built here byte by byte, and broken ones.
#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "core/import/files/npz.h"
#include "core/import/files/safetensors.h"
#include "core/import/files/zip.h"
#include "core/tensor/random.h"
#include "tests/core/import/golden.h"

namespace convscope::imports {
namespace {

std::span<const std::byte> as_bytes(const std::string& text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

std::string from_base64(const std::string& text) {
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const std::size_t digit = digits.find(c);
    if (digit == std::string::npos) {
      break;
    }
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>(bits >> count & 0xFF);
    }
  }
  return bytes;
}

std::string failure_of(const std::function<void()>& run) {
  try {
    run();
  } catch (const Failure& failure) {
    return failure.problem().code;
  }
  return "";
}

std::string little(std::uint64_t number, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) {
    bytes += static_cast<char>(number >> (8 * i) & 0xFF);
  }
  return bytes;
}

TEST(Npz, ReadsWhatNumPyWrites) {
  for (const auto& one : testing::golden_cases("archives.json")) {
    const std::string bytes = from_base64(one.at("base64"));
    const std::vector<NamedArray> arrays = npz_arrays(as_bytes(bytes), "a.npz");
    ASSERT_EQ(arrays.size(), one.at("arrays").size());
    for (std::size_t i = 0; i < arrays.size(); ++i) {
      const auto& expected = one.at("arrays")[i];
      EXPECT_EQ(arrays[i].name, expected.at("name").get<std::string>());
      EXPECT_EQ(arrays[i].dtype, expected.at("dtype").get<std::string>());
      EXPECT_EQ(arrays[i].shape, expected.at("shape").get<std::vector<std::int64_t>>());
      EXPECT_TRUE(arrays[i].readable);
      const NpyArray array = read_npz(as_bytes(bytes), arrays[i].name, "a.npz");
      EXPECT_EQ(array.shape, arrays[i].shape);
      EXPECT_EQ(array.values, expected.at("values").get<std::vector<float>>());
    }
    EXPECT_EQ(failure_of([&] { read_npz(as_bytes(bytes), "conv2", "a.npz"); }),
              "array_name_unknown");
  }
}

// One stored member, with what its headers state.
struct Member {
  std::string name = "a.npy";
  std::string data;
  std::uint32_t checksum = 0;
  std::uint32_t said = 0;  // the stated size
  std::uint32_t flags = 0;
  std::uint32_t method = 0;
  std::string extra;  // in the directory
};

std::string archive(const Member& member) {
  const auto size = static_cast<std::uint32_t>(member.data.size());
  const std::string common = little(member.flags, 2) + little(member.method, 2) + little(0, 4) +
                             little(member.checksum, 4);
  const std::string local = "PK\x03\x04" + little(20, 2) + common + little(size, 4) +
                            little(size, 4) + little(member.name.size(), 2) + little(4, 2) +
                            member.name + "\x99\x99" + little(0, 2) + member.data;
  const std::string central = "PK\x01\x02" + little(20, 2) + little(20, 2) + common +
                              little(member.said, 4) + little(member.said, 4) +
                              little(member.name.size(), 2) + little(member.extra.size(), 2) +
                              little(0, 2) + little(0, 2) + little(0, 2) + little(0, 4) +
                              little(0, 4) + member.name + member.extra;
  return local + central + "PK\x05\x06" + little(0, 4) + little(1, 2) + little(1, 2) +
         little(central.size(), 4) + little(local.size(), 4) + little(0, 2);
}

// numpy.save of float32 [1, 2], and its CRC-32 by Python's zlib.crc32.
Member good_member() {
  const std::vector<std::int64_t> shape = {2};
  const std::vector<float> values = {1, 2};
  Member member;
  member.data = npy_bytes(shape, values);
  member.said = static_cast<std::uint32_t>(member.data.size());
  member.checksum = 0xE7ABCA9A;
  return member;
}

TEST(Npz, ReadsAnArchiveBuiltByTheSpecification) {
  EXPECT_EQ(read_npz(as_bytes(archive(good_member())), "a", "a.npz").values,
            (std::vector<float>{1, 2}));
  // Its sizes are in the ZIP64 record.
  Member large = good_member();
  large.extra = little(1, 2) + little(16, 2) + little(large.said, 8) + little(large.said, 8);
  large.said = 0xFFFFFFFF;
  EXPECT_EQ(read_npz(as_bytes(archive(large)), "a", "a.npz").values, (std::vector<float>{1, 2}));
  large.extra = little(1, 2) + little(16, 2) + little(std::uint64_t{1} << 62, 8) +
                little(std::uint64_t{1} << 62, 8);
  EXPECT_EQ(failure_of([&] { npz_arrays(as_bytes(archive(large)), "a.npz"); }), "zip_damaged");
}

TEST(Npz, RefusesFalseHeaders) {
  const auto code = [](const Member& member) {
    const std::string bytes = archive(member);
    return failure_of([&] { read_npz(as_bytes(bytes), "a", "a.npz"); });
  };
  EXPECT_EQ(code(good_member()), "");
  Member member = good_member();
  member.checksum ^= 1;
  EXPECT_EQ(code(member), "zip_member_damaged");
  member = good_member();
  member.said = 0x7FFFFFFF;
  EXPECT_EQ(code(member), "zip_damaged");
  member = good_member();
  member.flags = 1;
  EXPECT_EQ(code(member), "zip_encrypted");
  member = good_member();
  member.method = 14;  // LZMA
  EXPECT_EQ(code(member), "zip_method");
  member = good_member();
  member.name = "a.txt";
  EXPECT_EQ(code(member), "npz_empty");
  member.name = "archive/data.pkl";
  EXPECT_EQ(code(member), "npz_is_torch");
  member = good_member();
  member.data[0] = 'x';
  EXPECT_EQ(code(member), "npy_magic");
  EXPECT_EQ(
      failure_of([] { npz_arrays(as_bytes("not an archive, but longer than its end"), "a"); }),
      "zip_magic");
}

// Python's zipfile, written to a pipe: sizes after the members, ZIP64's extra field, a folder, a
// non-ASCII name, stored and deflated members, a comment at the end.
TEST(Npz, ReadsWhatPythonWritesToAPipe) {
  const std::string bytes = from_base64(
      "UEsDBC0ACAgIAAAAIQAAAAAA//////////8RABQAbGF5ZXIvd8OpaWdodC5ucHkBABAAAAAAAAAAAAAAAAAAAAAA"
      "AJvsF+obEMnIUMZQrZ6SWpxcpG6loG6TZqKuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GsY6mjoKtQoU"
      "AC4GhgZ7BgYGByByAABQSwcId6ZA0U8AAAAAAAAAjAAAAAAAAABQSwMEFAAIAAgA1At+XQAAAAAAAAAAAAAAAAYA"
      "AABsYXllci8DAFBLBwgAAAAAAgAAAAAAAABQSwMEFAAIAAAAAAAhAAAAAAAAAAAAAAAAAAUAAABiLm5weZNOVU1Q"
      "WQEAdgB7J2Rlc2NyJzogJzxmNCcsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgxLCAyKSwgfSAg"
      "ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAKAACAQAAAoEBQ"
      "SwcIRo3AP4gAAACIAAAAUEsDBBQACAAIANQLfl0AAAAAAAAAAAAAAAAJAAAAbm90ZXMudHh0y0jNyckHAFBLBwiG"
      "phA2BwAAAAUAAABQSwECLQMtAAgICAAAACEAd6ZA0U8AAACMAAAAEQAAAAAAAAAAAAAAgAEAAAAAbGF5ZXIvd8Op"
      "aWdodC5ucHlQSwECFAMUAAgACADUC35dAAAAAAIAAAAAAAAABgAAAAAAAAAAABAA/UGqAAAAbGF5ZXIvUEsBAhQD"
      "FAAIAAAAAAAhAEaNwD+IAAAAiAAAAAUAAAAAAAAAAAAAAIAB4AAAAGIubnB5UEsBAhQDFAAIAAgA1At+XYamEDYH"
      "AAAABQAAAAkAAAAAAAAAAAAAAIABmwEAAG5vdGVzLnR4dFBLBQYAAAAABAAEAN0AAADZAQAABwBieSBoYW5k");
  const std::vector<NamedArray> expected = {{"layer/w\u00E9ight", "float32", {3}},
                                            {"b", "float32", {1, 2}}};
  EXPECT_EQ(npz_arrays(as_bytes(bytes), "a.npz"), expected);
  EXPECT_EQ(read_npz(as_bytes(bytes), "layer/w\u00E9ight", "a.npz").values,
            (std::vector<float>{1, 2, 3}));
  EXPECT_EQ(read_npz(as_bytes(bytes), "b", "a.npz").values, (std::vector<float>{4, 5}));
}

// A member that claims to inflate to more than deflate can produce, or than it does.
TEST(Npz, RefusesImpossibleSizesBeforeTakingMemory) {
  const auto cases = testing::golden_cases("archives.json");
  std::string bytes = from_base64(cases.at(1).at("base64"));  // deflated
  const std::size_t central = bytes.find("PK\x01\x02");
  ASSERT_NE(central, std::string::npos);
  bytes.replace(central + 24, 4, little(0xFFFFFFF0, 4));
  EXPECT_EQ(failure_of([&] { npz_arrays(as_bytes(bytes), "a.npz"); }), "zip_sizes");
  bytes.replace(central + 24, 4, little(100'000, 4));
  EXPECT_EQ(failure_of([&] { read_npz(as_bytes(bytes), "conv1.weight", "a.npz"); }),
            "zip_member_damaged");
}

std::string tensors(const std::string& header, const std::string& data) {
  return little(header.size(), 8) + header + data;
}

TEST(Safetensors, ReadsEveryType) {
  const auto read = [](const std::string& dtype, const std::string& data) {
    const std::string bytes =
        tensors("{\"x\":{\"dtype\":\"" + dtype + "\",\"shape\":[1],\"data_offsets\":[0," +
                    std::to_string(data.size()) + "]}}",
                data);
    return read_safetensors(as_bytes(bytes), "x", "a").values.at(0);
  };
  EXPECT_EQ(read("F32", little(0x40490FDB, 4)), 3.14159274F);
  EXPECT_EQ(read("F64", little(0x3FF8000000000000, 8)), 1.5F);
  EXPECT_EQ(read("F16", little(0xC000, 2)), -2.0F);
  EXPECT_EQ(read("BF16", little(0x4049, 2)), 3.140625F);
  EXPECT_EQ(read("I64", little(0xFFFFFFFFFFFFFFFE, 8)), -2.0F);
  EXPECT_EQ(read("I32", little(0xFFFFFFFE, 4)), -2.0F);
  EXPECT_EQ(read("I16", little(0xFFFE, 2)), -2.0F);
  EXPECT_EQ(read("I8", little(0xFE, 1)), -2.0F);
  EXPECT_EQ(read("U64", little(7, 8)), 7.0F);
  EXPECT_EQ(read("U32", little(0xFFFFFFFF, 4)), 4294967296.0F);
  EXPECT_EQ(read("U16", little(0xFFFE, 2)), 65534.0F);
  EXPECT_EQ(read("U8", little(0xFE, 1)), 254.0F);
  EXPECT_EQ(read("BOOL", little(1, 1)), 1.0F);
  EXPECT_EQ(failure_of([&] { read("F8_E4M3", little(1, 1)); }), "safetensors_dtype");
}

std::string good_tensors() {
  return tensors(R"({"__metadata__":{"format":"pt"},)"
                 R"("b":{"dtype":"F32","shape":[2,1],"data_offsets":[4,12]},)"
                 R"("a":{"dtype":"U8","shape":[2,2],"data_offsets":[0,4]}})",
                 "\x01\x02\x03\x04" + little(0x3F800000, 4) + little(0xC0000000, 4));
}

TEST(Safetensors, ListsNamesTypesAndShapes) {
  const std::vector<NamedArray> arrays = safetensors_arrays(as_bytes(good_tensors()), "a");
  EXPECT_EQ(arrays, (std::vector<NamedArray>{{"a", "uint8", {2, 2}}, {"b", "float32", {2, 1}}}));
  EXPECT_EQ(read_safetensors(as_bytes(good_tensors()), "a", "f").values,
            (std::vector<float>{1, 2, 3, 4}));
  EXPECT_EQ(read_safetensors(as_bytes(good_tensors()), "b", "f").values,
            (std::vector<float>{1, -2}));
  EXPECT_EQ(failure_of([] { read_safetensors(as_bytes(good_tensors()), "c", "f"); }),
            "array_name_unknown");
}

// The header may be padded with spaces to align the numbers; empty tensors take no space.
TEST(Safetensors, ReadsAPaddedHeaderAndTensorsInAnyOrder) {
  const std::string bytes =
      tensors(R"({"z":{"dtype":"F32","shape":[1],"data_offsets":[2,6]},)"
              R"("none":{"dtype":"F32","shape":[0,3],"data_offsets":[2,2]},)"
              R"("odd":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[6,7]},)"
              R"("a":{"dtype":"I16","shape":[],"data_offsets":[0,2]}}       )",
              little(0xFFFE, 2) + little(0x3FC00000, 4) + "\x01");
  EXPECT_EQ(safetensors_arrays(as_bytes(bytes), "f"),
            (std::vector<NamedArray>{{"a", "int16", {}},
                                     {"none", "float32", {0, 3}},
                                     {"odd", "F8_E4M3", {1}, false},
                                     {"z", "float32", {1}}}));
  EXPECT_EQ(read_safetensors(as_bytes(bytes), "a", "f").values, std::vector<float>{-2});
  EXPECT_EQ(read_safetensors(as_bytes(bytes), "z", "f").values, std::vector<float>{1.5F});
  EXPECT_TRUE(read_safetensors(as_bytes(bytes), "none", "f").values.empty());
}

TEST(Safetensors, RefusesFalseHeaders) {
  const auto code = [](const std::string& header, const std::string& data = "") {
    const std::string bytes = tensors(header, data);
    return failure_of([&] { safetensors_arrays(as_bytes(bytes), "a"); });
  };
  const auto entry = [](const std::string& shape, const std::string& offsets) {
    return R"({"x":{"dtype":"F32","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
  };
  const std::string four(4, '\0');
  EXPECT_EQ(code(entry("[1]", "[0,4]"), four), "");
  EXPECT_EQ(code(entry("[]", "[0,4]"), four), "");  // a single number
  EXPECT_EQ(code(entry("[2]", "[0,4]"), four), "safetensors_offsets");
  EXPECT_EQ(code(entry("[1]", "[0,8]"), four), "safetensors_offsets");
  EXPECT_EQ(code(entry("[1]", "[4,0]"), four), "safetensors_offsets");
  EXPECT_EQ(code(entry("[1]", "[0,4]"), four + four), "safetensors_offsets");
  EXPECT_EQ(code(entry("[1]", "[4,8]"), four + four), "safetensors_offsets");
  EXPECT_EQ(code(entry("[0,99999999]", "[0,0]")), "");
  EXPECT_EQ(code(entry("[4294967296,4294967296]", "[0,4]"), four), "safetensors_entry");
  EXPECT_EQ(code(entry("[4611686018427387905,4]", "[0,4]"), four), "safetensors_entry");
  EXPECT_EQ(code(entry("[-1]", "[0,4]"), four), "safetensors_entry");
  EXPECT_EQ(code(entry("[1.0]", "[0,4]"), four), "safetensors_entry");
  EXPECT_EQ(code(entry("1", "[0,4]"), four), "safetensors_entry");
  EXPECT_EQ(code(entry("[1]", "[0]"), four), "safetensors_entry");
  EXPECT_EQ(code(R"({"x":5})"), "safetensors_entry");
  EXPECT_EQ(code(R"({"x":{"dtype":"F32","shape":[1]}})", four), "safetensors_entry");
  EXPECT_EQ(code("{}"), "safetensors_empty");
  EXPECT_EQ(code("[]"), "safetensors_header");
  EXPECT_EQ(code("{\"x\":"), "safetensors_header");
  EXPECT_EQ(code(R"({"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},)"
                 R"("x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}})"),
            "safetensors_header");
  EXPECT_EQ(code("{\"x\":" + std::string(100'000, '[')), "safetensors_header");
  const auto raw = [](const std::string& bytes) {
    return failure_of([&] { safetensors_arrays(as_bytes(bytes), "a"); });
  };
  EXPECT_EQ(raw(""), "safetensors_short");
  EXPECT_EQ(raw("1234567"), "safetensors_short");
  EXPECT_EQ(raw(little(0xFFFFFFFFFFFFFFFF, 8)), "safetensors_short");
  EXPECT_EQ(raw(little(3, 8) + "{}"), "safetensors_short");
}

// Reads everything that the file lists.
void read_all_npz(const std::string& bytes) {
  for (const NamedArray& array : npz_arrays(as_bytes(bytes), "a.npz")) {
    if (array.readable) {
      EXPECT_LE(read_npz(as_bytes(bytes), array.name, "a.npz").values.size(), 1032 * bytes.size());
    }
  }
}

void read_all_safetensors(const std::string& bytes) {
  for (const NamedArray& array : safetensors_arrays(as_bytes(bytes), "a")) {
    if (array.readable) {
      EXPECT_LE(read_safetensors(as_bytes(bytes), array.name, "a").values.size(), bytes.size());
    }
  }
}

// Every prefix, and many files with a few wrong bytes, are either read or refused.
void expect_robust(const std::string& good, const std::function<void(const std::string&)>& read) {
  const auto attempt = [&](const std::string& bytes) {
    const std::string code = failure_of([&] { read(bytes); });
    EXPECT_TRUE(code.empty() || code.starts_with("zip_") || code.starts_with("np") ||
                code.starts_with("safetensors_") || code == "array_name_unknown")
        << code;
  };
  for (std::size_t length = 0; length < good.size(); length += 1 + length / 200) {
    attempt(good.substr(0, length));
  }
  SplitMix64 random(11);
  for (int i = 0; i < 3000; ++i) {
    std::string broken = good;
    for (std::uint64_t flips = 1 + random.next() % 3; flips > 0; --flips) {
      broken[random.next() % broken.size()] = static_cast<char>(random.next());
    }
    attempt(broken);
  }
}

TEST(BrokenFiles, ArchivesAreReadOrRefused) {
  for (const auto& one : testing::golden_cases("archives.json")) {
    expect_robust(from_base64(one.at("base64")), read_all_npz);
  }
  expect_robust(archive(good_member()), read_all_npz);
}

TEST(BrokenFiles, SafetensorsAreReadOrRefused) {
  expect_robust(good_tensors(), read_all_safetensors);
}

}  // namespace
}  // namespace convscope::imports

#include "core/tensor/npy_header.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "core/tensor/problem.h"

namespace convscope {

namespace {

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kMostDimensions = 32;
constexpr std::size_t kMostQuoted = 32;  // characters of a file that a message quotes

[[noreturn]] void fail(const char* code, const std::string& name,
                       std::vector<std::pair<std::string, ProblemValue>> values = {}) {
  values.insert(values.begin(), {"file", name});
  throw Failure({code, "", std::move(values)});
}

std::string printable(std::string_view text) {
  std::string result(text.substr(0, kMostQuoted));
  for (char& c : result) {
    c = c < ' ' || c > '~' ? '?' : c;
  }
  return result;
}

// Consumes the dictionary from the left; every read fails with "npy_header" if it finds no match.
class HeaderReader {
 public:
  HeaderReader(std::string_view text, const std::string& name) : text_(text), name_(name) {}

  bool accept(char wanted) {
    skip_blanks();
    if (text_.empty() || text_.front() != wanted) {
      return false;
    }
    text_.remove_prefix(1);
    return true;
  }

  void expect(char wanted) {
    if (!accept(wanted)) {
      fail("npy_header", name_);
    }
  }

  bool accept_word(std::string_view word) {
    skip_blanks();
    if (!text_.starts_with(word)) {
      return false;
    }
    text_.remove_prefix(word.size());
    return true;
  }

  std::string_view quoted() {
    const char quote = accept('\'') ? '\'' : '"';
    if (quote == '"') {
      expect('"');
    }
    const std::size_t end = text_.find(quote);
    if (end == std::string_view::npos) {
      fail("npy_header", name_);
    }
    const std::string_view result = text_.substr(0, end);
    text_.remove_prefix(end + 1);
    return result;
  }

  std::int64_t dimension() {
    skip_blanks();
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text_.data(), text_.data() + text_.size(), value);
    if (error == std::errc::invalid_argument) {
      fail("npy_header", name_);
    }
    if (error == std::errc::result_out_of_range || value > kMostNpyElements) {
      fail("npy_too_large", name_, {{"limit", kMostNpyElements}});
    }
    if (value < 0) {
      fail("npy_negative", name_, {{"size", value}});
    }
    text_.remove_prefix(static_cast<std::size_t>(end - text_.data()));
    accept_word("L");  // Python 2 wrote 3L
    return value;
  }

  std::string_view rest() {
    skip_blanks();
    return text_;
  }

 private:
  void skip_blanks() {
    const std::size_t start = text_.find_first_not_of(" \t\r\n");
    text_.remove_prefix(start == std::string_view::npos ? text_.size() : start);
  }

  std::string_view text_;
  const std::string& name_;
};

bool known(const ElementType& type) {
  const std::size_t size = type.size;
  const bool integer = size == 1 || size == 2 || size == 4 || size == 8;
  switch (type.kind) {
    case 'b':
      return size == 1;
    case 'i':
    case 'u':
      return integer;
    case 'f':
      return integer && size != 1;
    default:
      return false;
  }
}

// "<f4": byte order, kind, size.
ElementType read_type(HeaderReader& reader, const std::string& name) {
  const std::string_view rest = reader.rest();
  if (rest.starts_with('[')) {
    fail("npy_records", name);
  }
  if (rest.empty() || (rest.front() != '\'' && rest.front() != '"')) {
    fail("npy_header", name);
  }
  const std::string_view text = reader.quoted();
  ElementType type;
  const bool shaped = text.size() == 3 &&
                      std::string_view("<>|=").find(text[0]) != std::string_view::npos &&
                      text[2] >= '1' && text[2] <= '8';
  if (shaped) {
    type = {text[1], static_cast<std::size_t>(text[2] - '0'), text[0] == '>'};
  }
  if (!shaped || !known(type)) {
    fail("npy_dtype", name, {{"dtype", printable(text)}});
  }
  return type;
}

std::vector<std::int64_t> read_shape(HeaderReader& reader, const std::string& name) {
  std::vector<std::int64_t> shape;
  reader.expect('(');
  while (!reader.accept(')')) {
    if (shape.size() == kMostDimensions) {
      fail("npy_header", name);
    }
    shape.push_back(reader.dimension());
    if (!reader.accept(',')) {
      reader.expect(')');
      break;
    }
  }
  return shape;
}

// The product of the sizes; zeros are multiplied last, so that no zero hides an overflow.
std::int64_t element_count(const std::vector<std::int64_t>& shape, const std::string& name) {
  std::int64_t product = 1;
  bool empty = false;
  for (const std::int64_t size : shape) {
    empty = empty || size == 0;
    if (size > kMostNpyElements / product) {
      fail("npy_too_large", name, {{"limit", kMostNpyElements}});
    }
    product *= size == 0 ? 1 : size;
  }
  return empty ? 0 : product;
}

void read_dictionary(std::string_view text, const std::string& name, NpyHeader& header) {
  HeaderReader reader(text, name);
  bool has_type = false;
  bool has_order = false;
  bool has_shape = false;
  reader.expect('{');
  while (!reader.accept('}')) {
    const std::string_view key = reader.quoted();
    reader.expect(':');
    if (key == "descr" && !has_type) {
      header.type = read_type(reader, name);
      has_type = true;
    } else if (key == "fortran_order" && !has_order) {
      header.fortran_order = reader.accept_word("True");
      has_order = header.fortran_order || reader.accept_word("False");
    } else if (key == "shape" && !has_shape) {
      header.shape = read_shape(reader, name);
      has_shape = true;
    } else {
      fail("npy_header", name);
    }
    if (!reader.accept(',')) {
      reader.expect('}');
      break;
    }
  }
  if (!has_type || !has_order || !has_shape || !reader.rest().empty()) {
    fail("npy_header", name);
  }
}

}  // namespace

NpyHeader parse_npy_header(std::span<const std::byte> bytes, const std::string& name) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!text.starts_with(kMagic)) {
    fail("npy_magic", name);
  }
  const auto byte = [&](std::size_t i) -> std::size_t {
    if (i >= bytes.size()) {
      fail("npy_header", name);
    }
    return std::to_integer<std::size_t>(bytes[i]);
  };
  const std::size_t major = byte(6);
  const std::size_t minor = byte(7);
  if (major < 1 || major > 3 || minor != 0) {
    fail("npy_version", name, {{"version", std::to_string(major) + "." + std::to_string(minor)}});
  }
  // Version 1.0 gives the dictionary's length in two bytes, later ones in four.
  const std::size_t begin = major == 1 ? 10 : 12;
  std::size_t length = byte(8) | byte(9) << 8;
  if (major > 1) {
    length |= byte(10) << 16 | byte(11) << 24;
  }
  if (length > bytes.size() - begin) {
    fail("npy_header", name);
  }
  NpyHeader header;
  read_dictionary(text.substr(begin, length), name, header);
  header.count = element_count(header.shape, name);
  header.data_begin = begin + length;
  return header;
}

}  // namespace convscope

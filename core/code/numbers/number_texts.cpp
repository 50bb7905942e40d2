#include "core/code/numbers/number_texts.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string_view>

#include "core/code/literals.h"

namespace convscope::code {
namespace {

using Row = std::span<const float>;

// The two last axes of a tensor; a list of numbers is one row.
struct Plane {
  std::vector<std::int64_t> at;  // its indices on the axes before
  std::vector<Row> rows;
};

std::vector<Plane> planes_of(const NamedTensor& tensor) {
  const std::size_t rank = tensor.sides.size();
  const std::size_t outer = rank > 2 ? rank - 2 : 0;
  const auto width = static_cast<std::size_t>(tensor.sides.back());
  const std::size_t height = rank > 1 ? static_cast<std::size_t>(tensor.sides[rank - 2]) : 1;
  const Row values = tensor.values.values();
  std::vector<Plane> planes;
  for (std::size_t first = 0; first < values.size(); first += width * height) {
    Plane plane{std::vector<std::int64_t>(outer), {}};
    auto rest = static_cast<std::int64_t>(first / (width * height));
    for (std::size_t axis = outer; axis-- > 0;) {
      plane.at[axis] = rest % tensor.sides[axis];
      rest /= tensor.sides[axis];
    }
    for (std::size_t y = 0; y < height; ++y) {
      plane.rows.push_back(values.subspan(first + y * width, width));
    }
    planes.push_back(std::move(plane));
  }
  return planes;
}

// A name that any language takes.
std::string identifier(std::string name) {
  std::ranges::replace(name, '.', '_');
  return name;
}

// What is not finite, as a language calls it.
struct NotFinite {
  std::string_view nan;
  std::string_view infinity;
};

using Number = std::function<std::string(float)>;

Number number_with(const NotFinite& words) {
  return [words](float value) {
    if (std::isnan(value)) {
      return std::string(words.nan);
    }
    return std::isinf(value) ? (value < 0 ? "-" : "") + std::string(words.infinity)
                             : number_text(value);
  };
}

std::string joined(Row row, std::string_view between, const Number& number) {
  std::string text;
  for (std::size_t x = 0; x < row.size(); ++x) {
    text.append(x == 0 ? "" : between).append(number(row[x]));
  }
  return text;
}

std::string nested(Row values, std::span<const std::int64_t> sides, std::size_t column,
                   const Number& number) {
  if (sides.size() == 1) {
    return "[" + joined(values, ", ", number) + "]";
  }
  const std::size_t part = values.size() / static_cast<std::size_t>(sides.front());
  std::string text = "[";
  for (std::size_t first = 0; first < values.size(); first += part) {
    text += first == 0 ? "" : ",\n" + std::string(column + 1, ' ');
    text += nested(values.subspan(first, part), sides.subspan(1), column + 1, number);
  }
  return text + "]";
}

std::string assignment(const NamedTensor& tensor, std::string_view make, std::string_view type,
                       const NotFinite& words) {
  const std::string start = identifier(tensor.name) + " = " + std::string(make) + "(";
  return start + nested(tensor.values.values(), tensor.sides, start.size(), number_with(words)) +
         ", dtype=" + std::string(type) + ")\n";
}

std::string separated(const NamedTensor& tensor, std::string_view between) {
  std::string text;
  for (const Plane& plane : planes_of(tensor)) {
    text += text.empty() ? "" : "\n";
    for (const Row row : plane.rows) {
      text += joined(row, between, number_text) + "\n";
    }
  }
  return text;
}

// "out[0, 2]"; only the name where there is one plane.
std::string plane_name(const NamedTensor& tensor, const Plane& plane, std::size_t planes) {
  return planes == 1 ? tensor.name : tensor.name + "[" + sides_text(plane.at) + "]";
}

std::string latex_number(float value) {
  if (std::isnan(value)) {
    return "\\mathrm{NaN}";
  }
  if (std::isinf(value)) {
    return value < 0 ? "-\\infty" : "\\infty";
  }
  const std::string text = value == 0 ? "0" : number_text(value);
  const std::size_t e = text.find('e');
  return e == std::string::npos ? text
                                : text.substr(0, e) + " \\cdot 10^{" +
                                      std::to_string(std::stoi(text.substr(e + 1))) + "}";
}

}  // namespace

std::string sides_text(std::span<const std::int64_t> sides) {
  std::string text;
  for (const std::int64_t side : sides) {
    text += (text.empty() ? "" : ", ") + std::to_string(side);
  }
  return text;
}

std::string numpy_text(std::span<const NamedTensor> tensors) {
  return assignment(tensors.front(), "np.array", "np.float32", {"np.nan", "np.inf"});
}

std::string pytorch_text(std::span<const NamedTensor> tensors) {
  return assignment(tensors.front(), "torch.tensor", "torch.float32",
                    {"float(\"nan\")", "float(\"inf\")"});
}

std::string matlab_text(std::span<const NamedTensor> tensors) {
  const NamedTensor& tensor = tensors.front();
  const std::string name = identifier(tensor.name);
  const std::vector<Plane> planes = planes_of(tensor);
  const Number number = number_with({"NaN", "Inf"});
  std::string text;
  if (planes.size() > 1) {
    std::vector<std::int64_t> sides(tensor.sides.rbegin(), tensor.sides.rend());
    std::swap(sides[0], sides[1]);
    text = name + " = zeros(" + sides_text(sides) + ");\n";
  }
  for (const Plane& plane : planes) {
    std::string start = name;
    if (planes.size() > 1) {
      start += "(:, :";
      for (std::size_t axis = plane.at.size(); axis-- > 0;) {
        start += ", " + std::to_string(plane.at[axis] + 1);
      }
      start += ")";
    }
    start += " = [";
    text += start;
    for (std::size_t y = 0; y < plane.rows.size(); ++y) {
      text += y == 0 ? "" : ";\n" + std::string(start.size(), ' ');
      text += joined(plane.rows[y], " ", number);
    }
    text += "];\n";
  }
  return text;
}

std::string latex_text(std::span<const NamedTensor> tensors) {
  constexpr std::int64_t kColumns = 10;  // that amsmath allows
  const NamedTensor& tensor = tensors.front();
  const std::vector<Plane> planes = planes_of(tensor);
  std::string text;
  if (tensor.sides.back() > kColumns) {
    text = "\\setcounter{MaxMatrixCols}{" + std::to_string(tensor.sides.back()) + "}\n";
  }
  for (const Plane& plane : planes) {
    text += planes.size() == 1 ? "" : "% " + plane_name(tensor, plane, planes.size()) + "\n";
    text += "\\begin{bmatrix}\n";
    for (std::size_t y = 0; y < plane.rows.size(); ++y) {
      text += "  " + joined(plane.rows[y], " & ", latex_number) +
              (y + 1 < plane.rows.size() ? " \\\\\n" : "\n");
    }
    text += "\\end{bmatrix}\n";
  }
  return text;
}

std::string spreadsheet_text(std::span<const NamedTensor> tensors) {
  return separated(tensors.front(), "\t");
}

std::string csv_text(std::span<const NamedTensor> tensors) {
  return separated(tensors.front(), ",");
}

std::string markdown_text(std::span<const NamedTensor> tensors) {
  const NamedTensor& tensor = tensors.front();
  const std::vector<Plane> planes = planes_of(tensor);
  std::string text;
  for (const Plane& plane : planes) {
    text += text.empty() ? "" : "\n";
    text += "| " + plane_name(tensor, plane, planes.size()) + " |";
    std::string line = "|---|";
    for (std::size_t x = 0; x < plane.rows.front().size(); ++x) {
      text += " " + std::to_string(x) + " |";
      line += "--:|";
    }
    text += "\n" + line + "\n";
    for (std::size_t y = 0; y < plane.rows.size(); ++y) {
      text += "| " + std::to_string(y) + " | " + joined(plane.rows[y], " | ", number_text) + " |\n";
    }
  }
  return text;
}

std::string json_text(std::span<const NamedTensor> tensors) {
  const NamedTensor& tensor = tensors.front();
  const Number number = [](float value) {
    return std::isnan(value)   ? "\"NaN\""
           : std::isinf(value) ? (value < 0 ? "\"-Infinity\"" : "\"Infinity\"")
                               : number_text(value);
  };
  return nested(tensor.values.values(), tensor.sides, 0, number) + "\n";
}

}  // namespace convscope::code

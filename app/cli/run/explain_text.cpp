// --explain: why each layer is computed as it is.
#include <array>
#include <ostream>
#include <string>
#include <utility>

#include "app/cli/run/numbers.h"
#include "app/cli/run/run_report.h"
#include "app/cli/table.h"
#include "core/conv/algorithm.h"

namespace convscope::cli {
namespace {

// "12 us".
std::string time_text(double nanoseconds) {
  constexpr std::array<const char*, 4> kUnits = {"ns", "us", "ms", "s"};
  std::size_t unit = 0;
  while (nanoseconds >= 1000 && unit + 1 < kUnits.size()) {
    nanoseconds /= 1000;
    ++unit;
  }
  return readable_number(nanoseconds, 2) + " " + kUnits[unit];
}

// What decided: the option, the table, or values that are not finite, which are left to the exact
// rung.
std::string_view decided_by(const LayerExplanation& layer) {
  if (layer.algorithm == layer.wanted) {
    return "option";
  }
  return layer.algorithm == layer.of_layer.table ? "table" : "values";
}

std::string verdict(const LayerExplanation& layer, const lesson::Locale& locale) {
  if (!layer.algorithm) {
    return locale.text("explain.one_way");
  }
  const std::string chosen(conv::name_of(*layer.algorithm));
  const std::string model(conv::name_of(layer.of_layer.model));
  const std::string_view by = decided_by(layer);
  const std::string key = "explain." + std::string(by);
  if (by == "table" && layer.of_layer.model != layer.algorithm) {
    return locale.text("explain.table_not_model", {{"chosen", chosen}, {"model", model}});
  }
  return locale.text(key, {{"chosen", chosen}});
}

TextRows rows_of(const LayerExplanation& layer, const lesson::Locale& locale) {
  TextRows rows;
  for (const conv::Candidate& candidate : layer.of_layer.candidates) {
    std::vector<std::string>& row = rows.emplace_back();
    const bool chosen = layer.algorithm == candidate.algorithm;
    row.push_back((chosen ? "> " : "  ") + std::string(conv::name_of(candidate.algorithm)));
    if (!candidate.why_not.empty()) {
      row.emplace_back("-");
      row.push_back(locale.text("explain." + std::string(candidate.why_not)));
    } else {
      row.push_back(time_text(candidate.nanoseconds));
      if (candidate.inaccurate) {
        row.push_back(locale.text("explain.inaccurate"));
      }
    }
  }
  return rows;
}

void write_candidate(const conv::Candidate& candidate, std::ostream& out) {
  out << "{\"algorithm\": \"" << conv::name_of(candidate.algorithm) << "\", ";
  if (candidate.why_not.empty()) {
    out << "\"predicted_ns\": " << readable_number(candidate.nanoseconds, 4);
    out << (candidate.inaccurate ? ", \"inaccurate\": true}" : "}");
  } else {
    out << "\"why_not\": \"" << candidate.why_not << "\"}";
  }
}

}  // namespace

void print_explanations(const RunReport& report, const lesson::Locale& locale, std::ostream& out) {
  for (const LayerExplanation& layer : report.explanations) {
    out << layer.code << ": " << verdict(layer, locale) << "\n";
    print_listed(rows_of(layer, locale), "  ", out);
  }
  if (!report.explanations.empty()) {
    out << "\n";
  }
}

void write_explanations(const RunReport& report, std::ostream& out) {
  if (report.explanations.empty()) {
    return;
  }
  out << ",\n \"explain\": [";
  const char* between = "";
  for (const LayerExplanation& layer : report.explanations) {
    out << std::exchange(between, ",\n  ");
    if (!layer.algorithm) {
      out << "{}";
      continue;
    }
    out << "{\"chosen\": \"" << conv::name_of(*layer.algorithm) << "\", \"by\": \""
        << decided_by(layer) << "\", \"model\": \"" << conv::name_of(layer.of_layer.model)
        << "\", \"candidates\": [";
    const char* comma = "";
    for (const conv::Candidate& candidate : layer.of_layer.candidates) {
      out << std::exchange(comma, ", ");
      write_candidate(candidate, out);
    }
    out << "]}";
  }
  out << "]";
}

}  // namespace convscope::cli

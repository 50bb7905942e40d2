// The bank's formulas implemented again, from a question's values and scene alone, with their own
// loops: nothing of core/conv is used.
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/quiz/question/question.h"

namespace convscope::quiz::testing {

struct Expected {
  Answer right;
  std::vector<std::pair<std::string, Answer>> wrong;  // all, in the bank's order
};

class Bank {
 public:
  explicit Bank(const Question& question)
      : q_(question),
        x_(question.scene.input.tensor()),
        layer_(question.scene.layers.front()),
        w_(layer_.weight.tensor()) {}

  Expected expected() const {
    static const std::map<std::string, Expected (Bank::*)() const> kFormulas = {
        {"1a", &Bank::t1a},   {"1b", &Bank::t1b},   {"2a", &Bank::t2a},   {"2b", &Bank::t2b},
        {"2c", &Bank::t2c},   {"3a", &Bank::t3a},   {"3b", &Bank::t3b},   {"4a", &Bank::t4a},
        {"4b", &Bank::t4b},   {"5a", &Bank::t5a},   {"5b", &Bank::t5b},   {"6a", &Bank::t6a},
        {"6b", &Bank::t6b},   {"7a", &Bank::t7a},   {"7b", &Bank::t7b},   {"8a", &Bank::t8a},
        {"8b", &Bank::t8b},   {"9a", &Bank::t9a},   {"9b", &Bank::t9b},   {"10a", &Bank::t10a},
        {"10b", &Bank::t10b}, {"11a", &Bank::t11a}, {"11b", &Bank::t11b}, {"12a", &Bank::t12a},
        {"12b", &Bank::t12b}, {"13a", &Bank::t13a}, {"13b", &Bank::t13b}, {"14a", &Bank::t14a},
        {"14b", &Bank::t14b}, {"15a", &Bank::t15a}, {"15b", &Bank::t15b}, {"15c", &Bank::t15c},
        {"16a", &Bank::t16a}, {"16b", &Bank::t16b}, {"17a", &Bank::t17a}, {"17b", &Bank::t17b}};
    return (this->*kFormulas.at(q_.template_id))();
  }

 private:
  using Cells = std::vector<double>;

  double n(const char* name) const { return q_.values.number(name); }
  std::int64_t m(const char* name) const { return static_cast<std::int64_t>(n(name)); }
  bool flag(const char* name) const { return std::get<bool>(q_.values.at(name)); }
  static Answer num(double value) { return of_number(value); }
  static Answer tup(std::vector<double> values) { return of_tuple(std::move(values)); }

  std::int64_t pad_top() const {
    switch (layer_.spec.padding) {
      case conv::PaddingRule::kExplicit:
        return layer_.spec.pads.top;
      case conv::PaddingRule::kSame:
        return (w_.shape().h - 1) * layer_.spec.dilation.h / 2;
      case conv::PaddingRule::kValid:
      case conv::PaddingRule::kSameTf:
        break;
    }
    return 0;
  }
  std::int64_t pad_left() const {
    switch (layer_.spec.padding) {
      case conv::PaddingRule::kExplicit:
        return layer_.spec.pads.left;
      case conv::PaddingRule::kSame:
        return (w_.shape().w - 1) * layer_.spec.dilation.w / 2;
      case conv::PaddingRule::kValid:
      case conv::PaddingRule::kSameTf:
        break;
    }
    return 0;
  }
  double cell(std::int64_t c, std::int64_t y, std::int64_t x) const {
    const Shape& s = x_.shape();
    const bool inside = y >= 0 && y < s.h && x >= 0 && x < s.w;
    return inside ? static_cast<double>(x_.at({0, c, y, x})) : 0.0;
  }
  // Window and filter in the order c, i, j.
  Cells window(std::int64_t y, std::int64_t x) const {
    Cells v;
    const conv::Size2 d = layer_.spec.dilation;
    for (std::int64_t c = 0; c < w_.shape().c; ++c) {
      for (std::int64_t i = 0; i < w_.shape().h; ++i) {
        for (std::int64_t j = 0; j < w_.shape().w; ++j) {
          v.push_back(cell(c, y * layer_.spec.stride.h - pad_top() + i * d.h,
                           x * layer_.spec.stride.w - pad_left() + j * d.w));
        }
      }
    }
    return v;
  }
  Cells filter() const {
    Cells w;
    for (std::int64_t c = 0; c < w_.shape().c; ++c) {
      for (std::int64_t i = 0; i < w_.shape().h; ++i) {
        for (std::int64_t j = 0; j < w_.shape().w; ++j) {
          w.push_back(static_cast<double>(w_.at({q_.spot.filter, c, i, j})));
        }
      }
    }
    return w;
  }
  double w_at(std::int64_t c, std::int64_t i, std::int64_t j) const {
    return static_cast<double>(w_.at({q_.spot.filter, c, i, j}));
  }
  static double dot(const Cells& a, const Cells& b) {
    double sum = 0;
    for (std::size_t t = 0; t < a.size(); ++t) {
      sum += a[t] * b[t];
    }
    return sum;
  }
  static double sum(const Cells& a) { return dot(a, Cells(a.size(), 1.0)); }
  static double sizes(Cells a) {
    std::ranges::for_each(a, [](double& v) { v = std::abs(v); });
    return sum(a);
  }
  double bias() const {
    return layer_.spec.bias
               ? static_cast<double>(layer_.bias.tensor().at({0, 0, 0, q_.spot.filter}))
               : 0.0;
  }
  double y_at(std::int64_t y, std::int64_t x) const { return dot(window(y, x), filter()) + bias(); }
  std::int64_t out_h() const {
    return (x_.shape().h + 2 * pad_top() - w_.shape().h) / layer_.spec.stride.h + 1;
  }
  std::int64_t out_w() const {
    return (x_.shape().w + 2 * pad_left() - w_.shape().w) / layer_.spec.stride.w + 1;
  }

  Expected t1a() const {
    const Cells v = window(m("y"), m("x"));
    const Cells w = filter();
    Cells flipped;
    Cells centre;
    for (std::int64_t c = 0; c < w_.shape().c; ++c) {
      for (std::int64_t i = 0; i < m("kh"); ++i) {
        for (std::int64_t j = 0; j < m("kw"); ++j) {
          flipped.push_back(w_at(c, m("kh") - 1 - i, m("kw") - 1 - j));
          centre.push_back(i == m("kh") / 2 && j == m("kw") / 2 ? w_at(c, i, j) : 0);
        }
      }
    }
    double hits = 0;
    for (std::size_t t = 0; t < v.size(); ++t) {
      hits += v[t] != 0 && w[t] != 0 ? 1 : 0;
    }
    return {num(dot(v, w) + n("b")),
            {{"FLIP", num(dot(v, flipped) + n("b"))},
             {"HITS", num(hits)},
             {"SUMS", num(sum(v) * sum(w) + n("b"))},
             {"CENTRE", num(dot(v, centre) + n("b"))},
             {"NEXT", num(y_at(m("y"), std::min(m("x") + 1, m("OW") - 1)))},
             {"NOBIAS", num(dot(v, w))}}};
  }
  Expected t1b() const {
    const std::int64_t c = m("c");
    const std::int64_t ti = m("a") + m("p") - m("y") * m("s");
    const std::int64_t tj = m("q") + m("p") - m("x") * m("s");
    const bool inside = ti >= 0 && ti < m("kh") && tj >= 0 && tj < m("kw");
    double all = 0;
    for (std::int64_t i = 0; i < m("kh"); ++i) {
      for (std::int64_t j = 0; j < m("kw"); ++j) {
        all += w_at(c, i, j);
      }
    }
    const double flip = inside ? w_at(c, m("kh") - 1 - ti, m("kw") - 1 - tj) : w_at(c, 0, 0);
    return {num(inside ? n("D") * w_at(c, ti, tj) : 0),
            {{"COPY", num(n("D"))},
             {"FLIP", num(n("D") * flip)},
             {"ALLW", num(n("D") * all)},
             {"OUTSIDE", num(0)},
             {"CENTRE", num(n("D") * w_at(c, m("kh") / 2, m("kw") / 2))}}};
  }
  Expected t2a() const {
    Cells w = filter();
    double best = 0;
    for (const double weight : w) {
      best += std::max(weight, 0.0);
    }
    double seen = y_at(0, 0);
    for (std::int64_t y = 0; y < out_h(); ++y) {
      for (std::int64_t x = 0; x < out_w(); ++x) {
        seen = std::max(seen, y_at(y, x));
      }
    }
    return {num(best),
            {{"AREA", num(n("kh") * n("kw"))},
             {"ABS", num(sizes(w))},
             {"SEEN", num(seen)},
             {"WHITEBEST", num(sum(w))}}};
  }
  double equal_cells(std::int64_t position) const {
    const Cells v = window(position / out_w(), position % out_w());
    const Cells w = filter();
    double equal = 0;
    for (std::size_t t = 0; t < v.size(); ++t) {
      equal += v[t] == w[t] ? 1 : 0;
    }
    return equal;
  }
  Expected t2b() const {
    const auto score = [&](std::int64_t p) { return y_at(p / out_w(), p % out_w()); };
    return {of_word(score(m("P")) > score(m("Q")) ? "a" : "b"),
            {{"AGREE", of_word(equal_cells(m("P")) > equal_cells(m("Q")) ? "a" : "b")},
             {"EQUALSUM", of_word("equal")}}};
  }
  Expected t2c() const {
    const Cells w = filter();
    const auto positive = std::ranges::count_if(w, [](double v) { return v > 0; });
    return {num(sum(w)),
            {{"LIKENESS", num(0)},
             {"AREA", num(n("kh") * n("kw"))},
             {"AGREE", num(static_cast<double>(positive))},
             {"ABS", num(sizes(w))}}};
  }
  Expected t3a() const {
    const double i = n("i");
    const double k = n("k");
    return {num(i - k + 1),
            {{"NOPLUS1", num(i - k)},
             {"KEEP", num(i)},
             {"TILE", num(std::floor(i / k))},
             {"FORWARD", num(i + k - 1)}}};
  }
  Expected t3b() const {
    const double o = n("o");
    const double k = n("k");
    return {num(o + k - 1),
            {{"NOPLUS1", num(o + k)},
             {"KEEP", num(o)},
             {"TILE", num(o * k)},
             {"FORWARD", num(o - k + 1)}}};
  }
  Expected t4a() const {
    const double all = n("i") + 2 * n("p");
    const double k = n("k");
    const double s = n("s");
    return {num(std::floor((all - k) / s) + 1),
            {{"CEIL", num(std::ceil((all - k) / s) + 1)},
             {"DIVIDE", num(std::floor(all / s))},
             {"NOPLUS1", num(std::floor((all - k) / s))},
             {"DIVLAST", num(std::floor((all - k + 1) / s))},
             {"PADONCE", num(std::floor((n("i") + n("p") - k) / s) + 1)},
             {"NOSTRIDE", num(all - k + 1)}}};
  }
  Expected t4b() const {
    const double y = n("y");
    const double x = n("x");
    const double s = n("s");
    const double k = n("k");
    return {tup({y * s, x * s}),
            {{"NOSTRIDE", tup({y, x})},
             {"ONEBASED", tup({y * s + 1, x * s + 1})},
             {"SWAP", tup({x * s, y * s})},
             {"TILE", tup({y * k, x * k})}}};
  }
  Expected t5a() const {
    const double kh = n("kh");
    const double kw = n("kw");
    const double p = n("p");
    return {num(kh * kw - (kh - p) * (kw - p)),
            {{"DOUBLE", num(p * kw + p * kh)},
             {"LINES", num(2 * p)},
             {"INSIDE", num(0)},
             {"CORNER", num(p * p)}}};
  }
  Expected t5b() const {
    const double outputs = std::ceil(n("i") / n("s"));
    const double tot = std::max(0.0, (outputs - 1) * n("s") + n("k") - n("i"));
    const double half = std::floor(tot / 2);
    const double k2 = std::floor(n("k") / 2);
    return {tup({half, tot - half}),
            {{"BIGFIRST", tup({tot - half, half})},
             {"HALFK", tup({k2, k2})},
             {"ALLEND", tup({0, tot})},
             {"TOTALBOTH", tup({tot, tot})}}};
  }
  // How many windows of an axis read cell a.
  double cnt(double a) const {
    double count = 0;
    for (std::int64_t start = -m("p"); start + m("k") <= m("i") + m("p"); start += m("s")) {
      count += a >= static_cast<double>(start) && a < static_cast<double>(start) + n("k") ? 1 : 0;
    }
    return count;
  }
  Expected t6a() const {
    double unread = 0;
    for (std::int64_t a = 0; a < m("i"); ++a) {
      double windows = 0;
      for (std::int64_t start = 0; start + m("k") <= m("i"); start += m("s")) {
        windows += a >= start && a < start + m("k") ? 1 : 0;
      }
      unread += windows == 0 ? 1 : 0;
    }
    const double i = n("i");
    return {num(i * i - (i - unread) * (i - unread)),
            {{"DOUBLE", num(2 * unread * i)},
             {"LINES", num(2 * unread)},
             {"CORNER", num(unread * unread)},
             {"ALLREAD", num(0)},
             {"ONELINE", num(unread * i)}}};
  }
  Expected t6b() const {
    const double outputs = std::floor((n("i") + 2 * n("p") - n("k")) / n("s")) + 1;
    return {num(cnt(n("a")) * cnt(n("q"))),
            {{"EVERYWHERE", num(n("k") * n("k"))},
             {"ADD", num(cnt(n("a")) + cnt(n("q")))},
             {"ONCE", num(1)},
             {"ALLOUT", num(outputs * outputs)}}};
  }
  Expected t7a() const {
    const Cells v = window(m("y"), m("x"));
    const Cells w = filter();
    const std::size_t each = v.size() / static_cast<std::size_t>(m("C"));
    Cells part;
    for (std::size_t c = 0; c * each < v.size(); ++c) {
      double total = 0;
      for (std::size_t t = c * each; t < (c + 1) * each; ++t) {
        total += v[t] * w[t];
      }
      part.push_back(total);
    }
    const double b = bias();
    return {num(sum(part) + b),
            {{"MAXCH", num(*std::ranges::max_element(part) + b)},
             {"MEANCH", num(sum(part) / n("C") + b)},
             {"BIASPERCH", num(sum(part) + n("C") * b)},
             {"NOBIAS", num(sum(part))},
             {"FIRSTCH", num(part[0] + b)}}};
  }
  Expected t7b() const {
    const double N = n("N");
    const double C = n("C");
    const double K = n("K");
    const double h = n("OH");
    const double w = n("OW");
    return {tup({N, K, h, w}),
            {{"ONEMORE", tup({N, K + 1, h, w})},
             {"MAPPERCH", tup({N, K * (C + 1), h, w})},
             {"KEEPCH", tup({N, C + 1, h, w})},
             {"DEPTHSIZE", tup({N, K, h + 1, w + 1})}}};
  }
  Expected t8a() const {
    const double N = n("N");
    const double C = n("C");
    const double K = n("K");
    const double h = std::floor((n("H") + 2 * n("p") - n("kh")) / n("s")) + 1;
    const double w = std::floor((n("W") + 2 * n("p") - n("kw")) / n("s")) + 1;
    return {tup({N, K, h, w}),
            {{"MAPPERCH", tup({N, C * K, h, w})},
             {"KEEPCH", tup({N, C, h, w})},
             {"KEEP", tup({N, K, n("H"), n("W")})},
             {"ONEFILTER", tup({N, 1, h, w})},
             {"NOPLUS1", tup({N, K, h - 1, w - 1})}}};
  }
  Expected t8b() const {
    const double C = n("C");
    const double K = n("K");
    const double h = n("kh");
    const double w = n("kw");
    return {tup({K, C, h, w}),
            {{"ORDER", tup({C, K, h, w})},
             {"KER2D", tup({K, 1, h, w})},
             {"ONEFILTER", tup({1, C, h, w})},
             {"ORDERTF", tup({h, w, C, K})}}};
  }
  Expected t9a() const {
    const double taps = n("kh") * n("kw");
    const double C = n("C");
    const double K = n("K");
    return {num((C * taps + 1) * K),
            {{"KER2D", num((taps + 1) * K)},
             {"NOBIAS", num(C * taps * K)},
             {"ONEBIAS", num(C * taps * K + 1)},
             {"ONEFILTER", num(C * taps + 1)},
             {"DENSE", num((C * taps + 1) * K * n("OH") * n("OW"))},
             {"BIASPERCH", num(C * (taps + 1) * K)}}};
  }
  Expected t9b() const {
    return {tup({1, 4}),
            {{"DENSE", tup({4, 4})}, {"COSTPARAM", tup({1, 1})}, {"LINEAR2", tup({1, 2})}}};
  }
  Expected t10a() const {
    const double C = n("C");
    const double i = n("i");
    const double k = n("k");
    const double o = n("o");
    return {num(C * i * i * o * o),
            {{"SHARED", num(C * k * k)},
             {"UNSHARED", num(C * k * k * o * o)},
             {"ADDPAIR", num(C * i * i + o * o)},
             {"FIRSTCH", num(i * i * o * o)}}};
  }
  Expected t10b() const {
    const double C = n("C");
    const double k = n("k");
    return {num(C * k * k),
            {{"FULLROW", num(C * n("i") * n("i"))},
             {"FIRSTCH", num(k * k)},
             {"ROWCOUNT", num(n("o") * n("o"))},
             {"LINES", num(k)}}};
  }
  Expected t11a() const {
    const double c = n("c");
    return {num(c * sum(filter())),
            {{"FLATKEEP", num(c)},
             {"EDGEONLY", num(0)},
             {"ABS", num(c * sizes(filter()))},
             {"CENTRE", num(c * w_at(0, 1, 1))},
             {"NOWEIGHTS", num(9 * c)}}};
  }
  // From the weights alone, by which side is positive.
  Expected t11b() const {
    const double right = w_at(0, 0, 2) + w_at(0, 1, 2) + w_at(0, 2, 2);
    const double below = w_at(0, 2, 0) + w_at(0, 2, 1) + w_at(0, 2, 2);
    if (right > 0) {
      return {of_word("left_dark"),
              {{"SIGN", of_word("right_dark")},
               {"ALONG", of_word("top_dark")},
               {"ALONG", of_word("bottom_dark")}}};
    }
    return {of_word(below > 0 ? "top_dark" : "bottom_dark"),
            {{"SIGN", of_word(below > 0 ? "bottom_dark" : "top_dark")},
             {"ALONG", of_word("left_dark")},
             {"ALONG", of_word("right_dark")}}};
  }
  Expected t12a() const {
    const double k = n("k");
    const double d = n("d");
    return {num(d * (k - 1) + 1),
            {{"DK", num(d * k)},
             {"DIL0", num((d + 1) * (k - 1) + 1)},
             {"ONEGAP", num(k + d - 1)},
             {"NODIL", num(k)}}};
  }
  Expected t12b() const {
    const double k = n("k");
    const double d = n("d");
    const double C = n("C");
    const double reach = d * (k - 1) + 1;
    return {num(C * k * k),
            {{"FILLED", num(C * reach * reach)},
             {"DK", num(C * d * k * d * k)},
             {"FIRSTCH", num(k * k)}}};
  }
  Expected t13a() const {
    const double last = n("k") - 1;
    const double i = n("i");
    const double j = n("j");
    const Answer same = tup({i, j});
    const Answer around = tup({last - i, last - j});
    return {flag("flip") ? around : same,
            {{flag("flip") ? "UNFLIP" : "FLIP", flag("flip") ? same : around},
             {"MIRROR", tup({i, last - j})},
             {"MIRROR", tup({last - i, j})},
             {"SWAP", tup({j, i})}}};
  }
  Answer map33(const std::function<double(std::int64_t, std::int64_t)>& at) const {
    Cells values;
    for (std::int64_t i = 0; i < 3; ++i) {
      for (std::int64_t j = 0; j < 3; ++j) {
        values.push_back(at(i, j));
      }
    }
    return of_map(values, 3);
  }
  Expected t13b() const {
    const Answer same = map33([&](auto i, auto j) { return w_at(0, i, j); });
    const Answer around = map33([&](auto i, auto j) { return w_at(0, 2 - i, 2 - j); });
    return {
        flag("flip") ? same : around,
        {{flag("flip") ? "UNFLIP" : "FLIP", flag("flip") ? around : same},
         {"MIRROR", map33([&](auto i, auto j) { return w_at(0, i, 2 - j); })},
         {"SPIKE", map33([&](auto i, auto j) { return i == 1 && j == 1 ? w_at(0, 1, 1) : 0.0; })},
         {"TRANSPOSE", map33([&](auto i, auto j) { return w_at(0, j, i); })}}};
  }
  Expected t14a() const {
    Cells v;
    for (std::int64_t i = 0; i < m("k"); ++i) {
      for (std::int64_t j = 0; j < m("k"); ++j) {
        v.push_back(cell(0, m("y") * m("k") + i, m("x") * m("k") + j));
      }
    }
    double global = cell(0, 0, 0);
    for (std::int64_t y = 0; y < x_.shape().h; ++y) {
      for (std::int64_t x = 0; x < x_.shape().w; ++x) {
        global = std::max(global, cell(0, y, x));
      }
    }
    double size = 0;
    for (const double value : v) {
      size = std::max(size, std::abs(value));
    }
    return {num(*std::ranges::max_element(v)),
            {{"AVG", num(sum(v) / static_cast<double>(v.size()))},
             {"SUMPOOL", num(sum(v))},
             {"DROP", num(v[0])},
             {"GLOBAL", num(global)},
             {"ABSMAX", num(size)}}};
  }
  Expected t14b() const {
    const double C = n("C");
    const double H = n("H");
    const double k = n("k");
    const double o = std::floor((H - k) / k) + 1;
    const auto square = [](double c, double size) { return tup({1, c, size, size}); };
    return {square(C, o),
            {{"POOLCH", square(1, o)},
             {"S1", square(C, H - k + 1)},
             {"CEIL", square(C, std::ceil(H / k))},
             {"KEEP", square(C, H)},
             {"POOLCH", square(std::floor(C / k), std::floor(H / k))}}};
  }
  Expected t15a() const {
    const double full = n("s") * (n("i") - 1);
    const double plain = std::floor((n("i") + 2 * n("p") - n("k")) / n("s")) + 1;
    return {num(full + n("k") - 2 * n("p")),
            {{"SCALE", num(n("s") * n("i"))},
             {"PADGROWS", num(full + n("k") + 2 * n("p"))},
             {"PLAINCONV", num(std::max(0.0, plain))},
             {"LASTSTAMP", num(full - 2 * n("p"))},
             {"TILE", num(n("i") * n("k"))}}};
  }
  // How many stamps of an axis reach output cell a.
  double stamps(std::int64_t a) const {
    double count = 0;
    for (std::int64_t i = 0; i < m("i"); ++i) {
      const std::int64_t start = i * m("s") - m("p");
      count += a >= start && a < start + m("k") ? 1 : 0;
    }
    return count;
  }
  Expected t15b() const {
    const double most = std::ceil(n("k") / n("s"));
    return {num(stamps(m("y")) * stamps(m("x"))),
            {{"ONESTAMP", num(1)},
             {"ALLTAPS", num(n("k") * n("k"))},
             {"EVERYWHERE", num(most * most)},
             {"ADD", num(stamps(m("y")) + stamps(m("x")))},
             {"ALLOUT", num(n("i") * n("i"))}}};
  }
  // The values return only by chance; with random numbers they don't.
  Expected t15c() const {
    const bool size = (m("i") - m("k")) % m("s") == 0;
    return {of_word(size ? "size_of_x" : "neither"),
            {{"INVERSE", of_word("x_itself")},
             {"SIZEALWAYS", of_word("size_of_x")},
             {"NEVERBACK", of_word("neither")}}};
  }
  const std::vector<NumberList>& list() const {
    return std::get<std::vector<NumberList>>(q_.values.at("L"));
  }
  Expected t16a() const {
    double r = 1;
    double jump = 1;
    double total = 0;
    double unstrided = 1;
    double product = 1;
    for (const NumberList& layer : list()) {
      r += (layer[0] - 1) * jump;
      jump *= layer[1];
      total += layer[0];
      unstrided += layer[0] - 1;
      product *= layer[0];
    }
    return {num(r),
            {{"SUMK", num(total)},
             {"RFNOSTRIDE", num(unstrided)},
             {"MULT", num(product)},
             {"LASTONLY", num(list().back()[0])}}};
  }
  Expected t16b() const {
    double r = 1;
    double jump = 1;
    double first = 0;  // of cell 0's field
    for (const NumberList& layer : list()) {
      first -= layer[2] * jump;
      r += (layer[0] - 1) * jump;
      jump *= layer[1];
    }
    const double c = n("c");
    const double last = n("n") - 1;
    const double lo = first + c * jump;
    const double hi = lo + r - 1;
    const double half = std::floor((r - 1) / 2);
    return {tup({std::max(lo, 0.0), std::min(hi, last)}),
            {{"UNCLIPPED", tup({lo, hi})},
             {"NOJUMP", tup({c, c + r - 1})},
             {"NOJUMP", tup({std::max(c - half, 0.0), std::min(c + half, last)})},
             {"LASTONLY", tup({c * jump, c * jump + list().back()[0] - 1})}}};
  }
  // The error map of the first step: the map of the start's weights minus that of the layer's own.
  struct Errors {
    double gradient = 0;
    double all = 0;
    double one = 0;
    double input = 0;
    double count = 0;
  };
  Errors errors() const {
    const Tensor start = q_.scene.training->start.tensor();
    const bool drawn = !q_.scene.training->target.base.empty();
    Errors e;
    for (std::int64_t y = 0; y < out_h(); ++y) {
      for (std::int64_t x = 0; x < out_w(); ++x) {
        double error =
            drawn ? -static_cast<double>(q_.scene.training->target.tensor().at({0, 0, y, x}))
                  : -y_at(y, x);
        for (std::int64_t i = 0; i < w_.shape().h; ++i) {
          for (std::int64_t j = 0; j < w_.shape().w; ++j) {
            error += static_cast<double>(start.at({0, 0, i, j})) * cell(0, y + i, x + j);
          }
        }
        e.gradient += error * cell(0, y + m("i"), x + m("j"));
        e.all += error;
        e.one = y == m("i") && x == m("j") ? error : e.one;
        e.count += 1;
      }
    }
    e.input = cell(0, m("i"), m("j"));
    return e;
  }
  static Answer way(double gradient) {
    const char* moved = gradient < -1e-6 ? "up" : "down";
    return of_word(std::abs(gradient) <= 1e-6 ? "stays" : moved);
  }
  Expected t17a() const {
    const Errors e = errors();
    return {way(e.gradient),
            {{"ASCENT", way(-e.gradient)}, {"ERRONLY", way(e.all)}, {"ONEPOS", way(e.one)}}};
  }
  Expected t17b() const {
    const Errors e = errors();
    const double w0 =
        static_cast<double>(q_.scene.training->start.tensor().at({0, 0, m("i"), m("j")}));
    const double lr = q_.scene.training->optimizer.lr;
    const double g = 2 / e.count * e.gradient;
    return {num(w0 - lr * g),
            {{"ASCENT", num(w0 + lr * g)},
             {"NOLR", num(w0 - g)},
             {"NOMEAN", num(w0 - lr * e.gradient)},
             {"ERRONLY", num(w0 - lr * 2 / e.count * e.all)},
             {"ONEPOS", num(w0 - lr * 2 / e.count * e.one * e.input)}}};
  }

  const Question& q_;
  Tensor x_;
  const lesson::Layer& layer_;
  Tensor w_;
};

}  // namespace convscope::quiz::testing

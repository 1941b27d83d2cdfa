#include "state/value_equal.h"

#include <array>
#include <cmath>
#include <unordered_set>

namespace lunette {

namespace {

using state::RecordsBy;

/// Two shared parts that are still to be compared. The pointers are to the vector of a list or map, or to a
/// record; `kind` says which.
struct Pair {
    const void* a;
    const void* b;
    Kind kind;

    friend bool operator==(const Pair&, const Pair&) = default;
};

struct PairHash {
    std::size_t operator()(const Pair& pair) const noexcept {
        return std::hash<const void*>{}(pair.a) * 31 + std::hash<const void*>{}(pair.b);
    }
};

/// Depth first with an explicit stack, which lies in the frame while it is small.
class Comparison {
public:
    explicit Comparison(RecordsBy records) noexcept : records_{records} {}

    bool run(const Value& a, const Value& b) {
        if (!look(a, b)) return false;
        while (depth_ > 0) {
            const Pair pair = pop();
            if (seen_before(pair)) continue;
            if (!compare(pair)) return false;
        }
        return true;
    }

private:
    /// False: they differ. True: equal as far as seen; parts to look into are on the stack.
    bool look(const Value& a, const Value& b) {
        if (a.kind() != b.kind()) return false;
        switch (a.kind()) {
        case Kind::nil: return true;
        case Kind::boolean: return a.boolean_or(false) == b.boolean_or(false);
        case Kind::integer: return a.integer_or(0) == b.integer_or(0);
        case Kind::number: return look(a.number_or(0), b.number_or(0));
        case Kind::string: return a.text().data() == b.text().data() || a.text() == b.text();
        case Kind::record: return a.object_type() == b.object_type() && look(a.record(), b.record());
        case Kind::list: return a.size() == b.size() && push({&a.items(), &b.items(), Kind::list});
        case Kind::map: return a.size() == b.size() && push({&a.entries(), &b.entries(), Kind::map});
        }
        return false;
    }

    static bool look(double a, double b) noexcept {
        return a == b ? std::signbit(a) == std::signbit(b) : std::isnan(a) && std::isnan(b);
    }

    bool look(const RecordNode* a, const RecordNode* b) {
        if (a == b) return true;
        if (!a || !b || a->id() != b->id() || &a->schema() != &b->schema()) return false;
        return records_ == RecordsBy::id || push({a, b, Kind::record});
    }

    bool compare(const Pair& pair) {
        if (pair.kind == Kind::record) {
            return compare_records(*static_cast<const RecordNode*>(pair.a),
                                   *static_cast<const RecordNode*>(pair.b));
        }
        if (pair.kind == Kind::list) {
            const auto& a = *static_cast<const std::vector<Value>*>(pair.a);
            const auto& b = *static_cast<const std::vector<Value>*>(pair.b);
            for (std::size_t i = 0; i < a.size(); ++i) {
                if (!look(a[i], b[i])) return false;
            }
            return true;
        }
        const auto& a = *static_cast<const std::vector<MapEntry>*>(pair.a);
        const auto& b = *static_cast<const std::vector<MapEntry>*>(pair.b);
        for (std::size_t i = 0; i < a.size(); ++i) {
            if (!look(a[i].key, b[i].key) || !look(a[i].value, b[i].value)) return false;
        }
        return true;
    }

    bool compare_records(const RecordNode& a, const RecordNode& b) {
        for (const Field& field : a.schema().fields()) {
            const bool flat =
                field.kind != Kind::nil && field.kind != Kind::record && field.kind != Kind::list;
            if (flat) {
                if (!field.equal(field, a.payload(), b.payload())) return false;
                continue;
            }
            const FieldView left = field.get(field, a.payload());
            const FieldView right = field.get(field, b.payload());
            if (field.kind == Kind::list ? !compare_lists(left.list, right.list) : !look(left, right))
                return false;
        }
        return true;
    }

    bool look(const FieldView& a, const FieldView& b) {
        if (a.kind != b.kind) return false;
        switch (a.kind) {
        case Kind::nil: return true;
        case Kind::boolean: return a.boolean == b.boolean;
        case Kind::integer: return a.integer == b.integer;
        case Kind::number: return look(a.number, b.number);
        case Kind::string: return a.string == b.string;
        case Kind::record: return a.object_type == b.object_type && look(a.record, b.record);
        case Kind::list:
        case Kind::map: return look(*a.value, *b.value);
        }
        return false;
    }

    bool compare_lists(const ListNode* a, const ListNode* b) {
        if (a == b) return true;
        const std::size_t size = a ? a->items().size() : 0;
        if (size != (b ? b->items().size() : 0)) return false;
        for (std::size_t i = 0; i < size; ++i) {
            if (!look(a->items()[i].get(), b->items()[i].get())) return false;
        }
        return true;
    }

    bool push(const Pair& pair) {
        if (pair.a == pair.b) return true;
        if (depth_ < near_.size())
            near_[depth_] = pair;
        else
            far_.push_back(pair);
        ++depth_;
        return true;
    }

    Pair pop() noexcept {
        --depth_;
        if (depth_ < near_.size()) return near_[depth_];
        const Pair pair = far_.back();
        far_.pop_back();
        return pair;
    }

    /// Without this, parts shared within both values would be compared once for each path to them. One
    /// difference ends everything, so a pair met before is equal or still on the stack.
    bool seen_before(const Pair& pair) {
        constexpr std::size_t small = 256;
        return ++compared_ > small && !seen_.insert(pair).second;
    }

    RecordsBy records_;
    std::size_t depth_ = 0;
    std::size_t compared_ = 0;
    std::array<Pair, 24> near_;
    std::vector<Pair> far_;
    std::unordered_set<Pair, PairHash> seen_;
};

} // namespace

bool state::equal(const Value& a, const Value& b, RecordsBy records) noexcept {
    return Comparison{records}.run(a, b);
}

bool operator==(const Value& a, const Value& b) noexcept { return state::equal(a, b, RecordsBy::content); }

} // namespace lunette

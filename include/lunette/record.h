#pragma once

// Records: the immutable values that a host and its Lua callbacks share.
//
// A record is a schema, an id that is never reused, and a payload (the host's own struct). A schema is a
// table of fields, each with a name, a kind, and functions that read and compare it; everything that looks
// into records (handles in Lua, diff, dependencies, type stubs) works on that table, so templates appear only
// here, where schemas are declared.
//
// Records are shared structurally: to change one, make a new one with the same id, and new ones for its
// parents; everything else is the same object as before, and diff() skips it by comparing pointers.
//
// Threads: records, lists and values are immutable and may be read on any thread; their counts are atomic.
// One whose last reference goes away on a foreign thread returns to the thread that made it (RetireStack).

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace lunette {

/// Identifies a record for the life of the process. 0 is no record.
using Id = std::uint64_t;

/// The next unused id. Any thread; one atomic increment.
Id next_id() noexcept;

enum class Kind : std::uint8_t { nil, boolean, integer, number, string, record, list, map };

/// "nil", "boolean", … as Lua would name it where it has a name.
std::string_view kind_name(Kind kind) noexcept;

class Schema;
class Value;

// ---------------------------------------------------------------------------------------------------------
// Counted nodes

/// Where objects go whose last reference was dropped on another thread. The thread that made them frees them
/// (a foreign free would take that thread's allocator lock).
///
/// Threads: push from any; drain and destroy by the owner. Lives until its owner and all its nodes are gone.
class RetireStack;

/// Base of everything that is shared between threads by counted reference.
class Node {
public:
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;

    void ref() const noexcept { refs_.fetch_add(1, std::memory_order_relaxed); }

    /// Drops one reference; the last one destroys the node, on the thread that made it.
    void unref() const noexcept {
        if (refs_.fetch_sub(1, std::memory_order_acq_rel) == 1) retire();
    }

protected:
    Node() noexcept;
    virtual ~Node();

private:
    friend class RetireStack;
    void retire() const noexcept;

    mutable std::atomic<std::uint32_t> refs_{1};
    RetireStack* home_;
    mutable const Node* next_ = nullptr;
};

/// Makes the calling thread collect its own nodes for as long as the object lives. Without one, a node is
/// freed by whoever drops it last. Nested scopes share the outermost one's stack.
class RetireScope {
public:
    RetireScope();
    ~RetireScope();
    RetireScope(const RetireScope&) = delete;
    RetireScope& operator=(const RetireScope&) = delete;

    /// Frees at most `limit` returned nodes. Owner thread. Returns how many it freed; one atomic exchange
    /// when there are none.
    std::size_t drain(std::size_t limit = 4) noexcept;

private:
    RetireStack* stack_;
    bool outermost_;
};

template<class T>
class Counted {
public:
    Counted() = default;
    explicit Counted(const T* adopted) noexcept : node_{adopted} {}
    Counted(const Counted& other) noexcept : node_{other.node_} {
        if (node_) node_->ref();
    }
    Counted(Counted&& other) noexcept : node_{std::exchange(other.node_, nullptr)} {}
    Counted& operator=(Counted other) noexcept {
        std::swap(node_, other.node_);
        return *this;
    }
    ~Counted() {
        if (node_) node_->unref();
    }
    static Counted share(const T* node) noexcept {
        if (node) node->ref();
        return Counted{node};
    }
    const T* get() const noexcept { return node_; }
    const T& operator*() const noexcept { return *node_; }
    const T* operator->() const noexcept { return node_; }
    explicit operator bool() const noexcept { return node_ != nullptr; }
    friend bool operator==(const Counted& a, const Counted& b) noexcept { return a.node_ == b.node_; }

private:
    const T* node_ = nullptr;
};

// ---------------------------------------------------------------------------------------------------------
// Records and lists

class RecordNode : public Node {
public:
    const Schema& schema() const noexcept { return *schema_; }
    Id id() const noexcept { return id_; }
    const void* payload() const noexcept { return payload_; }

protected:
    RecordNode(const Schema& schema, Id id, const void* payload) noexcept
        : schema_{&schema}, id_{id}, payload_{payload} {}

private:
    const Schema* schema_;
    Id id_;
    const void* payload_;
};

/// Any record.
using RecordRef = Counted<RecordNode>;

template<class T>
class TypedRecordNode final : public RecordNode {
public:
    TypedRecordNode(const Schema& schema, Id id, T&& value)
        : RecordNode{schema, id, &value_}, value_{std::move(value)} {}
    const T& value() const noexcept { return value_; }

private:
    T value_;
};

/// A record whose payload is a T. May be empty.
template<class T>
class Ref {
public:
    Ref() = default;
    explicit Ref(RecordRef record) noexcept : record_{std::move(record)} {}
    const T& operator*() const noexcept { return *static_cast<const T*>(record_->payload()); }
    const T* operator->() const noexcept { return static_cast<const T*>(record_->payload()); }
    explicit operator bool() const noexcept { return static_cast<bool>(record_); }
    Id id() const noexcept { return record_ ? record_->id() : 0; }
    const RecordRef& record() const noexcept { return record_; }
    friend bool operator==(const Ref&, const Ref&) = default;

private:
    RecordRef record_;
};

class ListNode final : public Node {
public:
    explicit ListNode(std::vector<RecordRef> items) noexcept : items_{std::move(items)} {}
    const std::vector<RecordRef>& items() const noexcept { return items_; }

private:
    std::vector<RecordRef> items_;
};

/// An immutable list of records, shared by reference.
template<class T>
class List {
public:
    List() = default;
    explicit List(std::vector<Ref<T>> items) {
        std::vector<RecordRef> erased;
        erased.reserve(items.size());
        for (auto& item : items) erased.push_back(item.record());
        node_ = Counted<ListNode>{new ListNode{std::move(erased)}};
    }
    std::size_t size() const noexcept { return node_ ? node_->items().size() : 0; }
    bool empty() const noexcept { return size() == 0; }
    /// REQUIRES: index < size().
    Ref<T> operator[](std::size_t index) const noexcept { return Ref<T>{node_->items()[index]}; }
    const T& at(std::size_t index) const noexcept {
        return *static_cast<const T*>(node_->items()[index]->payload());
    }
    /// The same list with one item replaced. Copies the references, not the items.
    List with(std::size_t index, const Ref<T>& item) const {
        std::vector<RecordRef> items = node_->items();
        items[index] = item.record();
        List list;
        list.node_ = Counted<ListNode>{new ListNode{std::move(items)}};
        return list;
    }
    const ListNode* node() const noexcept { return node_.get(); }
    friend bool operator==(const List&, const List&) = default;

private:
    Counted<ListNode> node_;
};

// ---------------------------------------------------------------------------------------------------------
// Values

class StringNode;
class ValueListNode;
class ValueMapNode;
struct MapEntry;

/// Says as which of the objects registered over one schema a record shows itself to Lua (a window record, for
/// one, as `Window` or as `MuxWindow`). 0: the object registered first.
using ObjectType = std::uint16_t;

/// What crosses between host and Lua: nil, boolean, integer, number, string, record, list or map. Immutable,
/// 16 bytes, shared by reference.
class Value {
public:
    Value() noexcept : kind_{Kind::nil}, integer_{0} {}
    Value(std::nullptr_t) noexcept : Value{} {}
    Value(bool value) noexcept : kind_{Kind::boolean}, boolean_{value} {}
    template<class I>
    requires(std::is_integral_v<I> && !std::is_same_v<I, bool>) Value(I value)
    noexcept : kind_{Kind::integer}, integer_{static_cast<std::int64_t>(value)} {}
    Value(double value) noexcept : kind_{Kind::number}, number_{value} {}
    Value(std::string_view value);
    Value(const char* value) : Value{std::string_view{value}} {}
    Value(const std::string& value) : Value{std::string_view{value}} {}
    Value(std::string&& value);
    Value(RecordRef record, ObjectType as = 0) noexcept;
    template<class T>
    Value(const Ref<T>& record, ObjectType as = 0) noexcept : Value{record.record(), as} {}
    template<class T>
    Value(const std::optional<T>& value) : Value{value ? Value{*value} : Value{}} {}
    Value(const Value& other) noexcept;
    Value(Value&& other) noexcept;
    Value& operator=(Value other) noexcept;
    ~Value();

    static Value list(std::vector<Value> items);
    /// Keys are strings, integers, numbers or booleans; a later duplicate wins. As in Lua a number with an
    /// integer value is that integer, and an entry whose value is nil is no entry. Other keys and NaN are
    /// left out.
    static Value map(std::vector<MapEntry> entries);

    Kind kind() const noexcept { return kind_; }
    bool is_nil() const noexcept { return kind_ == Kind::nil; }
    explicit operator bool() const noexcept { return !(is_nil() || (kind_ == Kind::boolean && !boolean_)); }

    /// Each returns the given default when the value is of another kind (numbers and integers convert when
    /// nothing is lost).
    bool boolean_or(bool otherwise) const noexcept;
    std::int64_t integer_or(std::int64_t otherwise) const noexcept;
    double number_or(double otherwise) const noexcept;
    std::string_view string_or(std::string_view otherwise) const noexcept;
    /// "" when it is not a string.
    std::string_view text() const noexcept { return string_or({}); }

    /// Empty when it is no record.
    const RecordNode* record() const noexcept;
    RecordRef record_ref() const noexcept { return RecordRef::share(record()); }
    ObjectType object_type() const noexcept { return object_type_; }
    /// The payload if this is a record of T's schema, else null.
    template<class T>
    const T* payload(const Schema& schema) const noexcept {
        const RecordNode* node = record();
        return node && &node->schema() == &schema ? static_cast<const T*>(node->payload()) : nullptr;
    }

    /// Items of a list, entries of a map (sorted: integers, numbers, booleans, strings); empty for other
    /// kinds.
    const std::vector<Value>& items() const noexcept;
    const std::vector<MapEntry>& entries() const noexcept;
    std::size_t size() const noexcept;
    /// A map's value for a key, or a list's by 1-based integer; nil when absent. Logarithmic.
    const Value& operator[](const Value& key) const noexcept;
    const Value& operator[](std::string_view key) const noexcept;
    const Value& operator[](const char* key) const noexcept { return (*this)[std::string_view{key}]; }
    const Value& operator[](const std::string& key) const noexcept { return (*this)[std::string_view{key}]; }
    /// Without this, 0 would be a null pointer to characters.
    template<class I>
    requires std::is_integral_v<I>
    const Value& operator[](I key) const noexcept { return (*this)[Value{key}]; }

    /// Whether it is a record or holds one somewhere. Constant time.
    bool holds_records() const noexcept;

    /// Deep equality: whether Lua could tell them apart, so 2 and 2.0 differ and NaN equals NaN. Shared parts
    /// are compared by pointer. Records are equal when they are the same version, or when they have the same
    /// id and equal fields, and show themselves as the same object.
    friend bool operator==(const Value& a, const Value& b) noexcept;

private:
    const Node* shared() const noexcept;

    Kind kind_;
    ObjectType object_type_ = 0;
    union {
        bool boolean_;
        std::int64_t integer_;
        double number_;
        const StringNode* string_;
        const RecordNode* record_;
        const ValueListNode* list_;
        const ValueMapNode* map_;
    };
};

struct MapEntry {
    Value key;
    Value value;
};

/// For logs and reports: strings quoted, lists and maps in Lua syntax, cut at `limit` bytes.
std::string describe(const Value& value, std::size_t limit = 200);

// ---------------------------------------------------------------------------------------------------------
// Schemas

/// A field's value without copying it: views into the record it was read from.
struct FieldView {
    Kind kind = Kind::nil;
    ObjectType object_type = 0;
    union {
        bool boolean;
        std::int64_t integer;
        double number;
        const RecordNode* record;
        const ListNode* list;
        const Value* value; ///< for a field declared as Value that holds a list or a map
    };
    std::string_view string{};

    FieldView() noexcept : integer{0} {}
};

struct Field {
    std::string name;
    Kind kind = Kind::nil;         ///< as declared; nil for a Value of any kind
    bool nullable = false;         ///< may read as nil
    const Schema* child = nullptr; ///< of a record, or of a list's items
    FieldView (*get)(const Field&, const void* payload) = nullptr;
    bool (*equal)(const Field&, const void*, const void*) = nullptr; ///< shallow for records and lists
    alignas(std::max_align_t) std::byte access[16]{};                ///< a member or function pointer
};

/// The fields of one kind of record. Declared once, as a constant that outlives every record of it.
class Schema {
public:
    explicit Schema(std::string name) : name_{std::move(name)} {}
    Schema(const Schema&) = delete;
    Schema& operator=(const Schema&) = delete;

    const std::string& name() const noexcept { return name_; }
    const std::vector<Field>& fields() const noexcept { return fields_; }
    const Field& field(std::size_t index) const noexcept { return fields_[index]; }
    /// The index of a field, or -1. One hash and one comparison.
    int find(std::string_view name) const noexcept;

    /// Replaces a field of the same name. REQUIRES: fewer than 32767 fields.
    void add(Field field);

private:
    void rehash();

    std::string name_;
    std::vector<Field> fields_;
    std::vector<std::int16_t> buckets_; ///< without collisions: `seed_` is chosen so; -1 is empty
    std::uint64_t seed_ = 1;
};

namespace detail {

inline void set(FieldView& view, bool value) noexcept {
    view.kind = Kind::boolean;
    view.boolean = value;
}
template<class I>
requires(std::is_integral_v<I> && !std::is_same_v<I, bool>) void set(FieldView& view, I value) noexcept {
    view.kind = Kind::integer;
    view.integer = static_cast<std::int64_t>(value);
}
inline void set(FieldView& view, double value) noexcept {
    view.kind = Kind::number;
    view.number = value;
}
inline void set(FieldView& view, std::string_view value) noexcept {
    view.kind = Kind::string;
    view.string = value;
}
inline void set(FieldView& view, const std::string& value) noexcept { set(view, std::string_view{value}); }
void set(FieldView& view, const Value& value) noexcept;
template<class T>
void set(FieldView& view, const Ref<T>& value) noexcept {
    if (!value) return;
    view.kind = Kind::record;
    view.record = value.record().get();
}
template<class T>
void set(FieldView& view, const List<T>& value) noexcept {
    view.kind = Kind::list;
    view.list = value.node();
}
template<class T>
void set(FieldView& view, const std::optional<T>& value) noexcept {
    if (value) set(view, *value);
}

template<class M>
constexpr Kind kind_of() {
    if constexpr (std::is_same_v<M, bool>)
        return Kind::boolean;
    else if constexpr (std::is_integral_v<M>)
        return Kind::integer;
    else if constexpr (std::is_floating_point_v<M>)
        return Kind::number;
    else if constexpr (std::is_same_v<M, Value>)
        return Kind::nil;
    else {
        static_assert(std::is_convertible_v<const M&, std::string_view>,
                      "not a field type; see record() and list()");
        return Kind::string;
    }
}

/// Equality of fields: NaN equals itself, or a field that holds it would change for ever.
template<class M>
bool same(const M& a, const M& b) {
    if constexpr (std::is_floating_point_v<M>)
        return a == b || (a != a && b != b);
    else
        return a == b;
}
template<class M>
bool same(const std::optional<M>& a, const std::optional<M>& b) {
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

template<class M>
struct Unwrapped {
    using type = M;
    static constexpr bool nullable = std::is_same_v<M, Value>;
};
template<class M>
struct Unwrapped<std::optional<M>> {
    using type = M;
    static constexpr bool nullable = true;
};

template<class T, class M>
Field member_field(std::string name, M T::*member) {
    static_assert(sizeof member <= sizeof Field::access);
    Field field;
    field.name = std::move(name);
    std::memcpy(field.access, &member, sizeof member);
    field.get = [](const Field& f, const void* payload) {
        M T::*m;
        std::memcpy(&m, f.access, sizeof m);
        FieldView view;
        set(view, static_cast<const T*>(payload)->*m);
        return view;
    };
    field.equal = [](const Field& f, const void* a, const void* b) {
        M T::*m;
        std::memcpy(&m, f.access, sizeof m);
        return same(static_cast<const T*>(a)->*m, static_cast<const T*>(b)->*m);
    };
    return field;
}

} // namespace detail

/// A schema whose records hold a T.
///
/// \code
///     const auto tab_schema = lunette::schema<Tab>("Tab").field("title", &Tab::title);
/// \endcode
template<class T>
class TypedSchema {
public:
    explicit TypedSchema(std::string name) : schema_{std::make_unique<Schema>(std::move(name))} {}

    /// A plain member: bool, any integer, double, std::string, Value, or std::optional of one of these.
    template<class M>
    TypedSchema&& field(std::string name, M T::*member) && {
        using U = typename detail::Unwrapped<M>::type;
        Field field = detail::member_field(std::move(name), member);
        field.kind = detail::kind_of<U>();
        field.nullable = detail::Unwrapped<M>::nullable;
        schema_->add(std::move(field));
        return std::move(*this);
    }

    /// A computed field. The function must be pure, and what it returns must live in the payload.
    template<class R>
    TypedSchema&& computed(std::string name, R (*function)(const T&)) && {
        using U = typename detail::Unwrapped<std::remove_cvref_t<R>>::type;
        static_assert(std::is_reference_v<R> || !(std::is_same_v<U, std::string> || std::is_same_v<U, Value>),
                      "return a reference or a view into the payload");
        Field field;
        field.name = std::move(name);
        field.kind = detail::kind_of<U>();
        field.nullable = detail::Unwrapped<std::remove_cvref_t<R>>::nullable;
        std::memcpy(field.access, &function, sizeof function);
        field.get = [](const Field& f, const void* payload) {
            R (*fn)(const T&);
            std::memcpy(&fn, f.access, sizeof fn);
            FieldView view;
            detail::set(view, fn(*static_cast<const T*>(payload)));
            return view;
        };
        field.equal = [](const Field& f, const void* a, const void* b) {
            R (*fn)(const T&);
            std::memcpy(&fn, f.access, sizeof fn);
            return detail::same(fn(*static_cast<const T*>(a)), fn(*static_cast<const T*>(b)));
        };
        schema_->add(std::move(field));
        return std::move(*this);
    }

    /// A child record; may be empty, which reads as nil.
    template<class C>
    TypedSchema&& record(std::string name, Ref<C> T::*member, const TypedSchema<C>& child) && {
        Field field = detail::member_field(std::move(name), member);
        field.kind = Kind::record;
        field.nullable = true;
        field.child = &child.erased();
        schema_->add(std::move(field));
        return std::move(*this);
    }

    /// A list of child records.
    template<class C>
    TypedSchema&& list(std::string name, List<C> T::*member, const TypedSchema<C>& child) && {
        Field field = detail::member_field(std::move(name), member);
        field.kind = Kind::list;
        field.child = &child.erased();
        schema_->add(std::move(field));
        return std::move(*this);
    }

    const Schema& erased() const noexcept { return *schema_; }
    operator const Schema&() const noexcept { return *schema_; }

    /// A new record with a new id.
    Ref<T> make(T value) const { return make(next_id(), std::move(value)); }
    /// A record, or a new version of one, with a known id.
    Ref<T> make(Id id, T value) const {
        return Ref<T>{RecordRef{new TypedRecordNode<T>{*schema_, id, std::move(value)}}};
    }

private:
    std::unique_ptr<Schema> schema_;
};

template<class T>
TypedSchema<T> schema(std::string name) {
    return TypedSchema<T>{std::move(name)};
}

// ---------------------------------------------------------------------------------------------------------
// Difference

/// One thing that is not as it was.
struct Change {
    enum class What : std::uint8_t {
        field,    ///< a field's value; of a record field: which record it is; never of a list field
        length,   ///< a list's length
        item,     ///< which record, if any, stands at `index` (0-based) of a list
        appeared, ///< a record that was not there
        gone,     ///< a record that is there no more
    };
    Id record = 0;
    What what = What::field;
    std::uint16_t field = 0;
    std::uint32_t index = 0;
    const RecordNode* now = nullptr; ///< the newest version of `record`; null when gone

    friend bool operator==(const Change&, const Change&) = default;
};

/// Appends what changed from `before` to `after` (either may be empty), in no particular order. A field set
/// to an equal value is no change, nor is a new version of the record that a field or a list refers to: that
/// record has changed, its parent has not. A record that moved to another parent is compared, not gone and
/// appeared. Records inside Values count as children too. The pointers in the result live as long as `after`.
///
/// Visits only what the two do not share, each pair of versions once; when a reference was added or removed
/// whose record was not met elsewhere, it looks for that record in all of the other one.
///
/// REQUIRES: within one root a record stands in one version only.
void diff(const RecordRef& before, const RecordRef& after, std::vector<Change>& changes);

} // namespace lunette

//! A serialiser that goes to one place and passes by everything else.

use std::borrow::Cow;
use std::fmt;

use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant,
    SerializeTuple, SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use serde_json::Number;

use super::Held;

/// What stands at a place in the JSON form of a value.
pub(super) fn seek<T: Serialize + ?Sized>(value: &T, place: &str) -> Option<Held<'static>> {
    if !place.is_empty() && !place.starts_with('/') {
        return None;
    }
    value.serialize(Seek { rest: place }).ok().flatten()
}

/// A value that says of itself that it has no JSON form.
#[derive(Debug, thiserror::Error)]
#[error("the value has no JSON form")]
struct Formless;

impl Error for Formless {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// What was found, if the place is there.
type Found = Option<Held<'static>>;

/// Goes down into one value.
#[derive(Clone, Copy)]
struct Seek<'p> {
    /// What is left of the place: nothing, or `/` and what follows.
    rest: &'p str,
}

impl<'p> Seek<'p> {
    /// A value with nothing below it.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "it is what the methods of a serialiser return"
    )]
    fn leaf(self, held: Held<'static>) -> Result<Found, Formless> {
        Ok(self.rest.is_empty().then_some(held))
    }

    fn number(self, number: Option<Number>) -> Result<Found, Formless> {
        self.leaf(number.map_or(Held::Null, Held::Number))
    }

    /// The name of the part that is looked for, and the place within that part.
    fn step(self) -> Option<(Cow<'p, str>, &'p str)> {
        let below = self.rest.strip_prefix('/')?;
        let end = below.find('/').unwrap_or(below.len());
        let (name, rest) = below.split_at(end);
        let name = if name.contains('~') {
            Cow::Owned(name.replace("~1", "/").replace("~0", "~"))
        } else {
            Cow::Borrowed(name)
        };
        Some((name, rest))
    }

    fn inside(self, is_list: bool) -> Inside<'p> {
        Inside {
            sought: match self.step() {
                None => Sought::Size,
                Some((name, rest)) if is_list => match index(&name) {
                    Some(index) => Sought::Element(index, rest),
                    None => Sought::Nothing,
                },
                Some((name, rest)) => Sought::Field(name, rest),
            },
            is_list,
            seen: 0,
            is_next: false,
            found: None,
        }
    }

    /// Within the only field of an object, as which a variant with contents stands; the object itself has no more.
    fn variant(self, variant: &str) -> Result<Self, Found> {
        match self.step() {
            None => Err(Some(Held::Object(1))),
            Some((name, rest)) if name == variant => Ok(Seek { rest }),
            Some(_) => Err(None),
        }
    }

    fn inside_variant(self, variant: &str, is_list: bool) -> Inside<'p> {
        self.variant(variant).map_or_else(
            |found| Inside {
                sought: Sought::Nothing,
                is_list,
                seen: 0,
                is_next: false,
                found,
            },
            |within| within.inside(is_list),
        )
    }
}

/// The place of an element; digits without zeros before them, as RFC 6901 has it.
fn index(name: &str) -> Option<usize> {
    let is_plain = name.bytes().all(|b| b.is_ascii_digit()) && !name.starts_with('0');
    (is_plain || name == "0")
        .then(|| name.parse().ok())
        .flatten()
}

/// What is looked for in a list or an object.
enum Sought<'p> {
    /// How much is in it.
    Size,
    /// An element, and the place within it.
    Element(usize, &'p str),
    /// A field, and the place within it.
    Field(Cow<'p, str>, &'p str),
    /// Nothing: it is not there, or it is known.
    Nothing,
}

/// Goes through a list or an object.
struct Inside<'p> {
    sought: Sought<'p>,
    is_list: bool,
    /// How many parts have been passed.
    seen: usize,
    /// Whether the value of the key that was passed last is looked for.
    is_next: bool,
    found: Found,
}

impl Inside<'_> {
    fn element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Formless> {
        if let Sought::Element(place, rest) = self.sought
            && place == self.seen
        {
            self.found = value.serialize(Seek { rest })?;
        }
        self.seen += 1;
        Ok(())
    }

    fn field<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Formless> {
        self.seen += 1;
        if let Sought::Field(name, rest) = &self.sought
            && name == key
        {
            self.found = value.serialize(Seek { rest })?;
        }
        Ok(())
    }

    fn all(self) -> Found {
        match self.sought {
            Sought::Size if self.is_list => Some(Held::List(self.seen)),
            Sought::Size => Some(Held::Object(self.seen)),
            _ => self.found,
        }
    }
}

impl<'p> Serializer for Seek<'p> {
    type Ok = Found;
    type Error = Formless;
    type SerializeSeq = Inside<'p>;
    type SerializeTuple = Inside<'p>;
    type SerializeTupleStruct = Inside<'p>;
    type SerializeTupleVariant = Inside<'p>;
    type SerializeMap = Inside<'p>;
    type SerializeStruct = Inside<'p>;
    type SerializeStructVariant = Inside<'p>;

    fn serialize_bool(self, v: bool) -> Result<Found, Formless> {
        self.leaf(Held::Bool(v))
    }
    fn serialize_i8(self, v: i8) -> Result<Found, Formless> {
        self.number(Some(v.into()))
    }
    fn serialize_i16(self, v: i16) -> Result<Found, Formless> {
        self.number(Some(v.into()))
    }
    fn serialize_i32(self, v: i32) -> Result<Found, Formless> {
        self.number(Some(v.into()))
    }
    fn serialize_i64(self, v: i64) -> Result<Found, Formless> {
        self.number(Some(v.into()))
    }
    fn serialize_i128(self, v: i128) -> Result<Found, Formless> {
        self.number(Some(Number::from_i128(v).ok_or(Formless)?))
    }
    fn serialize_u8(self, v: u8) -> Result<Found, Formless> {
        self.number(Some(v.into()))
    }
    fn serialize_u16(self, v: u16) -> Result<Found, Formless> {
        self.number(Some(v.into()))
    }
    fn serialize_u32(self, v: u32) -> Result<Found, Formless> {
        self.number(Some(v.into()))
    }
    fn serialize_u64(self, v: u64) -> Result<Found, Formless> {
        self.number(Some(v.into()))
    }
    fn serialize_u128(self, v: u128) -> Result<Found, Formless> {
        self.number(Some(Number::from_u128(v).ok_or(Formless)?))
    }
    fn serialize_f32(self, v: f32) -> Result<Found, Formless> {
        self.number(Number::from_f64(v.into()))
    }
    fn serialize_f64(self, v: f64) -> Result<Found, Formless> {
        self.number(Number::from_f64(v))
    }
    fn serialize_char(self, v: char) -> Result<Found, Formless> {
        self.serialize_str(v.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, v: &str) -> Result<Found, Formless> {
        if !self.rest.is_empty() {
            return Ok(None);
        }
        self.leaf(Held::Text(Cow::Owned(v.to_owned())))
    }
    fn serialize_bytes(self, v: &[u8]) -> Result<Found, Formless> {
        self.collect_seq(v)
    }
    fn serialize_none(self) -> Result<Found, Formless> {
        self.leaf(Held::Null)
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Found, Formless> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<Found, Formless> {
        self.leaf(Held::Null)
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<Found, Formless> {
        self.leaf(Held::Null)
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<Found, Formless> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Found, Formless> {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Found, Formless> {
        match self.variant(variant) {
            Ok(within) => value.serialize(within),
            Err(found) => Ok(found),
        }
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'p>, Formless> {
        Ok(self.inside(true))
    }
    fn serialize_tuple(self, _: usize) -> Result<Inside<'p>, Formless> {
        Ok(self.inside(true))
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Inside<'p>, Formless> {
        Ok(self.inside(true))
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'p>, Formless> {
        Ok(self.inside_variant(variant, true))
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Inside<'p>, Formless> {
        Ok(self.inside(false))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Inside<'p>, Formless> {
        Ok(self.inside(false))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Inside<'p>, Formless> {
        Ok(self.inside_variant(variant, false))
    }

    /// An element of a long list is found without passing by all before it.
    fn collect_seq<I>(self, all: I) -> Result<Found, Formless>
    where
        I: IntoIterator,
        I::Item: Serialize,
    {
        let mut all = all.into_iter();
        match self.inside(true).sought {
            Sought::Size => Ok(Some(Held::List(match all.size_hint() {
                (least, Some(most)) if least == most => least,
                _ => all.count(),
            }))),
            Sought::Element(place, rest) => match all.nth(place) {
                Some(element) => element.serialize(Seek { rest }),
                None => Ok(None),
            },
            Sought::Field(..) | Sought::Nothing => Ok(None),
        }
    }
}

/// Serde has a trait for each kind of list; all are gone through alike.
macro_rules! lists {
    ($($kind:ident by $method:ident),*) => {$(
        impl $kind for Inside<'_> {
            type Ok = Found;
            type Error = Formless;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Formless> {
                self.element(value)
            }
            fn end(self) -> Result<Found, Formless> {
                Ok(self.all())
            }
        }
    )*};
}

lists!(
    SerializeSeq by serialize_element,
    SerializeTuple by serialize_element,
    SerializeTupleStruct by serialize_field,
    SerializeTupleVariant by serialize_field
);

impl SerializeMap for Inside<'_> {
    type Ok = Found;
    type Error = Formless;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Formless> {
        self.seen += 1;
        if let Sought::Field(name, _) = &self.sought {
            // Numbers that are keys become texts in JSON.
            self.is_next = match key.serialize(Seek { rest: "" })? {
                Some(Held::Bool(is)) => *name == is.to_string(),
                Some(held) => held.exact().as_deref() == Some(name),
                None => false,
            };
        }
        Ok(())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Formless> {
        if let Sought::Field(_, rest) = &self.sought
            && self.is_next
        {
            self.found = value.serialize(Seek { rest })?;
        }
        Ok(())
    }
    fn end(self) -> Result<Found, Formless> {
        Ok(self.all())
    }
}

/// And for each kind of object whose fields are known.
macro_rules! objects {
    ($($kind:ident),*) => {$(
        impl $kind for Inside<'_> {
            type Ok = Found;
            type Error = Formless;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                key: &'static str,
                value: &T,
            ) -> Result<(), Formless> {
                self.field(key, value)
            }
            fn end(self) -> Result<Found, Formless> {
                Ok(self.all())
            }
        }
    )*};
}

objects!(SerializeStruct, SerializeStructVariant);

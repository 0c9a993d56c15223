"""zipmap.dtype: the text of a dtype, as the tables have it."""
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

import zipmap

KINDS = [
    npst.boolean_dtypes(),
    npst.integer_dtypes(endianness="?"),
    npst.unsigned_integer_dtypes(endianness="?"),
    npst.floating_dtypes(endianness="?", sizes=(16, 32, 64)),
    npst.complex_number_dtypes(endianness="?", sizes=(64, 128)),
    npst.datetime64_dtypes(endianness="?"),
    npst.timedelta64_dtypes(endianness="?"),
    npst.byte_string_dtypes(endianness="?"),
    npst.unicode_string_dtypes(endianness="?"),
]
SCALARS = st.one_of(KINDS)
NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)


@st.composite
def structures(draw, fields=SCALARS):
    """Structures with gaps, titles and sub-arrays."""
    names = draw(st.lists(NAMES, min_size=1, max_size=8, unique=True))
    titles = names[: len(names) // 2]
    names = names[len(titles):]
    shapes = st.one_of(st.just(()), npst.array_shapes(max_dims=3, max_side=4))
    formats = [np.dtype((draw(fields), draw(shapes))) for _ in names]
    offsets, end = [], 0
    for item in formats:
        end += draw(st.integers(0, 5))
        offsets.append(end)
        end += item.itemsize
    return np.dtype({
        "names": names,
        "formats": formats,
        "offsets": offsets,
        "titles": (titles + [None] * len(names))[: len(names)],
        "itemsize": end + draw(st.integers(0, 5)),
    })


def exactly(one: np.dtype, other: np.dtype) -> bool:
    """dtypes compare as equal with other titles, so their fields are compared."""
    if one != other or one.itemsize != other.itemsize or one.names != other.names:
        return False
    if one.names is None:
        return one.subdtype == other.subdtype
    return all(
        exactly(one.fields[name][0].base, other.fields[name][0].base)
        and one.fields[name][0].shape == other.fields[name][0].shape
        and one.fields[name][1:] == other.fields[name][1:]
        for name in one.names
    )


@given(SCALARS)
def test_reads_the_text_of_every_scalar(expected):
    assert zipmap.dtype(str(expected)) == expected == zipmap.dtype(expected.str)


@given(st.one_of(structures(), structures(st.one_of(SCALARS, structures()))))
def test_reads_the_fields_of_every_structure_with_offsets_titles_and_item_size(expected):
    text = repr(np.lib.format.dtype_to_descr(expected))
    assert exactly(zipmap.dtype(text), np.lib.format.descr_to_dtype(np.lib.format.dtype_to_descr(expected)))
    assert zipmap.dtype(text).itemsize == expected.itemsize


@pytest.mark.parametrize("text", [
    "", " ", "O", "|O", "object", "V8", "void", "f16", "float128", "g", "i4,f8", "(2,)f4", "f4[", "no such dtype",
    "a'b", "__import__('os').system('true')", "float32\0", "M8[x]", "M8[99999999999s]", "S99999999999",
    "[]", "[[]]", "[", "[(", "[1]", "['a']", "[('a',)]", "[('a', 'O')]", "[('a', 'f4', 2)]", "[('a', 'f4', [2])]",
    "[('a', 'f4', (-1,))]", "[('a', 'f4', (1.5,))]", "[('a', 'f4'), ('a', 'f4')]", "[('', '|V4')]", "[(1, 'f4')]",
    "[('a', 'f4', (99999999999, 99999999999))]", "[('a', 'f4')](1)", "[('a', f4)]", "[('a', 'f4') for a in 'b']",
    "[__import__('os')]", "[*'ab']", "[{}]", "[None]", "[('a', b'f4')]", "[('a', 'f4'), ...]", "[" * 33 + "]" * 33,
    "[" * 50_000, "[" + "('a', 'f4')," * 50_000 + "]", "[('a', '" + "f" * 90_000 + "')]",
])
def test_refuses_any_other_text_by_name(text):
    with warnings.catch_warnings(), pytest.raises(zipmap.ZipmapError) as error:
        warnings.simplefilter("ignore")
        zipmap.dtype(text)
    assert error.value.condition == "ZIPMAP_DTYPE_UNSUPPORTED"
    assert len(str(error.value)) < 1500


@pytest.mark.parametrize("value", [None, 3, b"float32", ["f4"], np.dtype("f4")])
def test_refuses_what_is_no_text(value):
    with pytest.raises(zipmap.ZipmapError) as error:
        zipmap.dtype(value)
    assert error.value.condition == "ZIPMAP_DTYPE_UNSUPPORTED"


@given(st.one_of(st.text(), st.text("[](),'\"\\ ('a', '<f4')|V23M8ns")))
def test_any_text_is_a_dtype_or_the_named_error(text):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            assert isinstance(zipmap.dtype(text), np.dtype)
        except zipmap.ZipmapError as error:
            assert error.condition == "ZIPMAP_DTYPE_UNSUPPORTED"

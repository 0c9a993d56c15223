package io.zipmap.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zipmap.Condition;
import io.zipmap.ZipmapException;
import io.zipmap.testing.Numpy;
import io.zipmap.testing.NumpyOracle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderTest {
    private static byte[] npy(int major, int minor, String text, long claimed) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, (byte) minor});
        for (int i = 0; i < (major == 1 ? 2 : 4); i++) {
            out.write((int) (claimed >>> 8 * i));
        }
        out.writeBytes(text.getBytes(major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        return out.toByteArray();
    }

    private static byte[] npy(String text) {
        return npy(1, 0, text, text.length());
    }

    /** Reads at most three bytes at a time, so that every field crosses a read boundary. */
    private static NpyHeader read(byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        NpyHeader header = NpyHeader.read((into, offset, count) -> in.read(into, offset, Math.min(count, 3)));
        assertThat(bytes.length - in.available()).as("bytes pulled").isEqualTo(header.length());
        return header;
    }

    private static String layoutOf(String text) throws IOException {
        return read(npy(text)).layout().toString();
    }

    private static void assertRefused(byte[] bytes, Condition condition, String... words) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        ZipmapException.class, e -> assertThat(e.condition()).isEqualTo(condition))
                .hasMessageContainingAll(words);
    }

    @Test
    void readsWhatNumpyWrites() throws IOException {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000, 4), }";
        byte[] bytes = npy(1, 0, text + " ".repeat(52) + "\n", 118);
        NpyHeader header = read(bytes);
        assertThat(header.length()).isEqualTo(128);
        assertThat(header.layout()).isEqualTo(new ArrayLayout(Dtype.parse("<f4"), Shape.of(2_000_000, 4), Order.C));
    }

    @Test
    void doesNotReadIntoTheElements() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(npy("{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}"));
        file.writeBytes(new byte[] {1, 2, 3});
        assertThat(read(file.toByteArray()).length()).isEqualTo(file.size() - 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'shape': (2, 3), 'descr': '<i2', 'fortran_order': True}",
                "{\"descr\": \"<i2\", \"fortran_order\": True, \"shape\": (2, 3)}",
                " \t{'descr':'<i2','fortran_order':True,'shape':(2,3,),}\n\n",
                "{ 'descr' : u'<i2' ,\n 'fortran_order' : True , 'shape' : ( 2 , 3 , ) , } ",
                "{'descr': '<i2', 'fortran_order': True, 'shape': (2L, 3L), }",
                "{'d\\x65scr': '<i2', 'fortran_order': True, 'sh\\u0061pe': (2, 3), }",
            })
    void readsEveryFormOfTheSameDictionary(String text) throws IOException {
        assertThat(layoutOf(text)).isEqualTo("int16 (2, 3) F");
    }

    @Test
    void readsScalarsAndEmptyArrays() throws IOException {
        assertThat(layoutOf("{'descr': '>f8', 'fortran_order': False, 'shape': ()}"))
                .isEqualTo(">f8 () C");
        assertThat(layoutOf("{'descr': '|b1', 'fortran_order': False, 'shape': (0, 5)}"))
                .isEqualTo("bool (0, 5) C");
    }

    @Test
    void readsTheVersionsWithWideLengths() throws IOException {
        String text = "{'descr': '<f2', 'fortran_order': False, 'shape': (7,)}";
        assertThat(read(npy(2, 0, text, text.length())).layout()).hasToString("float16 (7,) C");
        assertThat(read(npy(3, 0, text, text.length())).length()).isEqualTo(12 + text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[1, 2, 3]",
                "{",
                "{}",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'more': 1}",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (3,)}",
                "{'descr': '<f4', 'fortran_order': 'False', 'shape': (3,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': 3}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': [3]}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3.0,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3e1,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-3,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (-1, -3)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (True,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (010,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1_0,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (0x10,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3LL,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3 4)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775808,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904,)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} x",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}\0x",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)",
                "{'descr': '<f4, 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<f4\\q', 'fortran_order': False, 'shape': (3,)}",
                "{'descr' '<f4', 'fortran_order': False, 'shape': (3,)}",
                "{descr: '<f4', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': None, 'fortran_order': False, 'shape': (3,)}",
                "{'descr': 4, 'fortran_order': False, 'shape': (3,)}",
                "__import__('os').system('true')",
            })
    void refusesTextThatIsNoHeader(String text) {
        assertRefused(npy(text), Condition.HEADER_INVALID, "Invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'|O'",
                "'O'",
                "'|V16'",
                "'<f16'",
                "'<c32'",
                "'<i3'",
                "''",
                "'i16'",
                "'f1'",
                "'d8'",
                "'b8'",
                "'g'",
                "'longdouble'",
                "'object'",
                "'void'",
                "'V'",
                "'DOUBLE8'",
                "'<double'",
                "' f4'",
                "'M[ns]'",
                "'S-1'",
                "'<U2147483648'",
                "'<M8[q]'",
                "'<M8[0s]'",
                "'<M8[s'",
                "'<M4[s]'"
            })
    void namesAnUnsupportedDtype(String descr) {
        String text = "{'descr': " + descr + ", 'fortran_order': False, 'shape': (3,)}";
        assertRefused(npy(text), Condition.DTYPE_UNSUPPORTED, descr.replace("'", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'<c8'",
                "'>c16'",
                "'<M8[ns]'",
                "'>m8[25us]'",
                "'<M8'",
                "'|S5'",
                "'<U3'",
                "'|S0'",
                "'<U0'",
                "[('a', '|S0')]",
                "'>U1'",
                "[('x', '<i4'), ('y', '<f8', (2,))]",
                "[('', '|V3'), ('x', '<f4'), ('', '|V6')]",
                "[(('title', 'x'), '<f4'), (\"it's\", [('a', '|S0'), ('b', '>c8')], (3, 2)), ('\\n\\x01\\\\', '|b1')]",
            })
    void readsAndWritesTheSameDescr(String descr) throws IOException {
        String text = "{'descr': " + descr + ", 'fortran_order': False, 'shape': (3,)}";
        ArrayLayout layout = read(npy(text)).layout();
        assertThat(layout.dtype().descr()).isEqualTo(descr.startsWith("'") ? descr.replace("'", "") : descr);
        assertThat(read(NpyHeader.write(layout)).layout()).isEqualTo(layout);
        assertThat(Dtype.parse(layout.dtype().toString())).isEqualTo(layout.dtype());
        assertThat(Dtype.unpack(layout.dtype().pack())).isEqualTo(layout.dtype());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "[('a', '|O')] ; DTYPE_UNSUPPORTED ; of the field a",
                "[('a', [('b', '<f16')], (2,))] ; DTYPE_UNSUPPORTED ; <f16, of the field a.b",
                "[('a', '|V4')] ; DTYPE_UNSUPPORTED ; V4, of the field a",
                "[('', '|V4')] ; DTYPE_UNSUPPORTED ; without fields",
                "[] ; DTYPE_UNSUPPORTED ; without fields",
                "[('a', '|i1'), ('b', '|S0', (9999999999,))] ; DTYPE_UNSUPPORTED ; no bytes, of the field b",
                "[('a', '<f4'), ('a', '<f4')] ; HEADER_INVALID ; the same name: a",
                "[('a', '<f8', (268435456,))] ; HEADER_INVALID ; too large, of the field a",
                "[('a', '<f8', (4294967296, 2147483648))] ; HEADER_INVALID ; 2^63",
                "[('a', [('b', '<f8', (65536,))], (65536,))] ; HEADER_INVALID ; too large",
                "[('', '|V999999999'), ('', '|V999999999'), ('', '|V999999999'), ('x', '|i1')] ; HEADER_INVALID "
                        + "; too large",
                "[('a', '|S999999999', (3,))] ; HEADER_INVALID ; too large",
                "[('a', '<f4', (-1,))] ; HEADER_INVALID ; none negative",
                "[('a', '<f4', (1.5,))] ; HEADER_INVALID ; whole number",
                "[('a', '<f4', 'x')] ; HEADER_INVALID ; sub-array",
                "[('a',)] ; HEADER_INVALID ; not a field",
                "['a'] ; HEADER_INVALID ; not a field",
                "[['a', '<f4']] ; HEADER_INVALID ; not a field",
                "[(1, '<f4')] ; HEADER_INVALID ; not the name",
                "[('a', 4)] ; HEADER_INVALID ; not a dtype",
                "('<f4', (2,)) ; HEADER_INVALID ; not a dtype",
                "{'names': ['a']} ; HEADER_INVALID ; not a dtype",
            })
    void namesTheFaultOfAStructuredDtype(String descr, Condition condition, String words) {
        String text = "{'descr': " + descr + ", 'fortran_order': False, 'shape': (3,)}";
        assertRefused(npy(text), condition, words);
    }

    @Test
    void refusesStructuresThatWouldExhaustTheStackOrTheHeap() {
        String nested = "[('a', ".repeat(600) + "'<f4'" + ")]".repeat(600);
        String start = "{'fortran_order': False, 'shape': (3,), 'descr': ";
        assertRefused(npy(start + nested + "}"), Condition.HEADER_INVALID, "levels");
        String axes = "1, ".repeat(40);
        String deep = "[('a', [('b', '<f4', (" + axes + "))], (" + axes + "))]";
        assertRefused(npy(start + deep + "}"), Condition.HEADER_INVALID, "axes");
        String outer = "[('a', '<f4', (" + axes + "))]";
        String shape = "{'fortran_order': False, 'shape': (" + axes + "), 'descr': ";
        assertRefused(npy(shape + outer + "}"), Condition.HEADER_INVALID, "axes");
    }

    @Test
    void readsAsManyFieldsAsAHeaderHolds() throws IOException {
        StringBuilder text = new StringBuilder("{'fortran_order': False, 'shape': (3,), 'descr': [");
        for (int i = 0; i < 550; i++) {
            text.append("('").append(Integer.toString(i, 36)).append("', '|b1'),");
        }
        Dtype dtype = read(npy(text + "]}")).layout().dtype();
        assertThat(dtype.leaves()).hasSize(550);
        assertThat(dtype.itemSize()).isEqualTo(550);
        assertThat(dtype.pack().length).isLessThan(3_000);
    }

    @Test
    void refusesAVersionThatIsNotKnown() {
        assertRefused(npy(4, 0, "{}", 2), Condition.HEADER_INVALID, "version 4.0");
        assertRefused(npy(1, 1, "{}", 2), Condition.HEADER_INVALID, "version 1.1");
        assertRefused(npy(0, 0, "{}", 2), Condition.HEADER_INVALID, "version 0.0");
    }

    @Test
    void refusesAHeaderThatEndsEarly() {
        byte[] whole = npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}");
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), Condition.HEADER_INVALID, "ends early");
        }
    }

    @Test
    void refusesALongHeaderBeforeItIsReadOrAllocated() {
        assertRefused(npy(2, 0, "", 0xFFFFFFFFL), Condition.HEADER_INVALID, "4294967295 bytes", "10000");
        assertRefused(npy(1, 0, "", 10_001), Condition.HEADER_INVALID, "10001 bytes");
    }

    @Test
    void readsTheLongestHeaderThatNumpyReads() throws IOException {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}";
        assertThat(read(npy(text + " ".repeat(10_000 - text.length()))).length())
                .isEqualTo(10_010);
    }

    @Test
    void countsCharactersAsNumpyDoes() throws IOException {
        String field = "{'descr': [('größe数😀', '<f4')], 'fortran_order': False, 'shape': (3,)}";
        int chars = field.codePointCount(0, field.length());
        String longest = field + " ".repeat(10_000 - chars);
        byte[] utf8 = longest.getBytes(StandardCharsets.UTF_8);
        assertThat(utf8.length).isGreaterThan(10_000);
        assertThat(read(npy(3, 0, longest, utf8.length)).layout().dtype().leaves())
                .hasSize(1);
        assertRefused(npy(3, 0, longest + " ", utf8.length + 1), Condition.HEADER_INVALID, "10001 characters", "10000");
        assertRefused(npy(2, 0, longest, utf8.length), Condition.HEADER_INVALID, utf8.length + " bytes");
        assertRefused(npy(3, 0, "", 40_001), Condition.HEADER_INVALID, "40001 bytes", "--max-header-chars");
    }

    @Test
    void readsALongerHeaderWithAHigherLimit() throws IOException {
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)}";
        byte[] bytes = npy(2, 0, text + " ".repeat(300_000 - text.length()), 300_000);
        assertThat(NpyHeader.read(new ByteArrayInputStream(bytes)::read, 300_000)
                        .length())
                .isEqualTo(300_012);
        assertThatThrownBy(() -> NpyHeader.read(new ByteArrayInputStream(bytes)::read, 299_999))
                .hasMessageContaining("300000 bytes");
        assertThatThrownBy(() -> NpyHeader.read(
                        new ByteArrayInputStream(Arrays.copyOf(bytes, 100_000))::read, Integer.MAX_VALUE))
                .hasMessageContaining("ends early");
    }

    @Test
    void boundsItemsThatHaveNoBytes() throws IOException {
        String text = "{'descr': '|S0', 'fortran_order': False, 'shape': (%s)}";
        assertThat(layoutOf(text.formatted("2147483647,"))).isEqualTo("|S0 (2147483647,) C");
        assertRefused(npy(text.formatted("2147483648,")), Condition.HEADER_INVALID, "2^31 items");
        assertRefused(npy(text.formatted("4611686018427387904,")), Condition.HEADER_INVALID, "2^31 items");
    }

    /** Every name and letter of a numpy dtype, in every byte order. */
    @Test
    @NumpyOracle
    void acceptsTheTypeStringsOfNumpy() throws IOException {
        String script = "import numpy as np\n"
                + "try: from numpy._core import sctypeDict as known\n"
                + "except ImportError: known = np.core.sctypeDict\n"
                + "words = {k for k in known if isinstance(k, str)} | set('?bhilqpBHILQPefdFDScUmM')\n"
                + "words |= set('float double single half int uint short byte bool complex str bytes i04 S05 M8 "
                + "m8[ms]'.split())\n"
                + "words |= {o + w for o in '<>|=' for w in words if len(w) < 4}\n"
                + "for w in sorted(words):\n"
                + "  try: d = np.dtype(w)\n"
                + "  except TypeError: continue\n"
                + "  if w != '>U' and d.kind not in 'OV' and d.itemsize not in ((16, 32) if d.kind == 'f' else "
                + "(32,)): print(w + ';' + d.str)\n";
        List<String> lines = Numpy.lines(script);
        assertThat(lines).hasSizeGreaterThan(150);
        for (String line : lines) {
            String[] parts = line.split(";");
            assertThat(Dtype.parse(parts[0]).descr()).as(parts[0]).isEqualTo(parts[1]);
            String header = "{'descr': '" + parts[0] + "', 'fortran_order': False, 'shape': (3,)}";
            assertThat(read(npy(header)).layout().dtype().descr()).isEqualTo(parts[1]);
        }
    }

    @Test
    void refusesNestingThatWouldExhaustTheStack() {
        assertRefused(npy("(".repeat(9_000)), Condition.HEADER_INVALID, "levels");
    }

    @Test
    void recognizesAnNpyFileByItsFirstBytes() {
        byte[] bytes = npy("");
        assertThat(NpyHeader.isNpy(bytes, bytes.length)).isTrue();
        assertThat(NpyHeader.isNpy(bytes, 5)).isFalse();
        assertThat(NpyHeader.isNpy("PK\3\4....".getBytes(StandardCharsets.ISO_8859_1), 8))
                .isFalse();
    }

    @Test
    @NumpyOracle
    void writesByteForByteWhatNumpyWrites() throws IOException {
        List<String> cases = List.of(
                "<f4|2000000,4|C",
                ">f8|7|C",
                "|u1||C",
                "|b1|0|C",
                "<i8|1,2,3,4,5,6,7|F",
                "<u2|9007199254740993,1|C",
                "<f2|3,0|F");
        String script = "import sys, io\n"
                + "from numpy.lib import format\n"
                + "for c in sys.argv[1:]:\n"
                + "    d = c[:3]\n"
                + "    s = tuple(int(n) for n in c[4:-2].split(',') if n)\n"
                + "    out = io.BytesIO()\n"
                + "    format.write_array_header_1_0(out, {'descr': d, 'fortran_order': c[-1] == 'F', 'shape': s})\n"
                + "    print(out.getvalue().hex())\n";
        List<String> numpy = Numpy.lines(script, cases.toArray());
        for (int i = 0; i < cases.size(); i++) {
            String text = cases.get(i);
            long[] axes = RawLayout.parseAxes(text.substring(4, text.length() - 2));
            Order order = text.endsWith("F") ? Order.FORTRAN : Order.C;
            ArrayLayout layout = new ArrayLayout(Dtype.parse(text.substring(0, 3)), Shape.of(axes), order);
            byte[] written = NpyHeader.write(layout);
            assertThat(HexFormat.of().formatHex(written)).as(text).isEqualTo(numpy.get(i));
            assertThat(written.length % 64).isZero();
            assertThat(read(written).layout()).isEqualTo(layout);
        }
    }

    @Test
    @NumpyOracle
    void writesStructuresByteForByteAsNumpyDoes() throws IOException {
        List<String> cases = List.of(
                "[('a', '<f4'), ('b', '>i2', (2, 3)), ('', '|V3'), ('c', [('x', '|u1'), ('y', '<M8[ns]')])]",
                "[(('a title', 'a'), '<c8'), ('größe', '|S3'), (\"it's\", '<U4'), ('back\\\\slash', '<m8')]",
                "[('値', '<f4'), ('\\u200b\\n', '|b1')]");
        String script = "import sys, io, ast\n"
                + "import numpy as np\n"
                + "from numpy.lib import format\n"
                + "for c in sys.argv[1:]:\n"
                + "    out = io.BytesIO()\n"
                + "    format.write_array(out, np.zeros((2, 3), format.descr_to_dtype(ast.literal_eval(c)), "
                + "order='F'))\n"
                + "    v = out.getvalue()\n"
                + "    print(v[:v.index(b'\\n') + 1].hex())\n";
        List<String> numpy = Numpy.lines(script, cases.toArray());
        for (int i = 0; i < cases.size(); i++) {
            ArrayLayout layout = new ArrayLayout(Dtype.parse(cases.get(i)), Shape.of(2, 3), Order.FORTRAN);
            assertThat(HexFormat.of().formatHex(NpyHeader.write(layout)))
                    .as(cases.get(i))
                    .isEqualTo(numpy.get(i));
            assertThat(read(NpyHeader.write(layout)).layout()).isEqualTo(layout);
        }
    }

    @Test
    void writesTheLongestShapeAndReadsItBack() throws IOException {
        long[] axes = new long[64];
        Arrays.fill(axes, 1);
        axes[0] = 0;
        axes[1] = Long.MAX_VALUE;
        ArrayLayout layout = new ArrayLayout(Dtype.parse("<f4"), Shape.of(axes), Order.C);
        assertThat(read(NpyHeader.write(layout)).layout()).isEqualTo(layout);
    }
}

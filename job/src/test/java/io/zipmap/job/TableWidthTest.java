package io.zipmap.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableWidthTest {
    @Test
    void wideCellsAreCutAndNarrowOnesStay() {
        List<String> table = List.of(
                "+---+--------------------+",
                "|a  |text                |",
                "+---+--------------------+",
                "|1  |12345678901234567890|",
                "|2  |short               |",
                "+---+--------------------+");
        assertThat(TableWidth.cut(table, 26)).isEqualTo(table);
        assertThat(TableWidth.cut(table, 20))
                .containsExactly(
                        "+---+--------------+",
                        "|a  |text          |",
                        "+---+--------------+",
                        "|1  |1234567890123…|",
                        "|2  |short         |",
                        "+---+--------------+");
    }

    @Test
    void columnsThatDoNotFitAreLeftOut() {
        String border = "+" + "----------+".repeat(5);
        String row = "|" + "1234567890|".repeat(5);
        assertThat(TableWidth.cut(List.of(border, row, border, "only showing top 100 rows"), 30))
                .containsExactly(
                        "+----------+----------+",
                        "|1234567890|1234567890|",
                        "+----------+----------+",
                        "only showing top 100 rows",
                        "only showing the first 2 of 5 columns");
    }

    @Test
    void lettersOfTwoColumnsCountTwice() {
        String border = "+------------------------+";
        String row = "|" + "漢".repeat(12) + "|";
        assertThat(TableWidth.cut(List.of(border, row, border), 15))
                .containsExactly("+-------------+", "|漢漢漢漢漢漢…|", "+-------------+");
    }
}

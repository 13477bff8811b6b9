package dev.hone.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hone.run.HoneException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({"5GB, 5000000000", "500 mb, 500000000", "3KB, 3000", "2TB, 2000000000000", "17, 17", "17B, 17", "0, 0"})
    void sizes_are_decimal(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GB", "-1GB", "1.5GB", "5 GiB", "99999999TB", "9999999999999999999", "5GB5"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(HoneException.class)
                .hasMessageContaining("\"" + text + "\" is no size");
    }
}

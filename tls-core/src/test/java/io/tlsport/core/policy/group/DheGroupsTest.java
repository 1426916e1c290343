package io.tlsport.core.policy.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Serial;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DheGroupsTest {
  private static final List<Integer> P256 = List.of(23);
  private static final List<Integer> P256_AND_2048 = List.of(23, 256);

  /** A key of a size. */
  private record RsaOfSize(int bits) implements RSAPublicKey {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public BigInteger getPublicExponent() {
      return BigInteger.valueOf(65537);
    }

    @Override
    public BigInteger getModulus() {
      return BigInteger.ONE.shiftLeft(bits - 1);
    }

    @Override
    public String getAlgorithm() {
      return "RSA";
    }

    @Override
    public String getFormat() {
      return "none";
    }

    @Override
    public byte[] getEncoded() {
      return new byte[0];
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2048, FFDHE2048",
    "3071, FFDHE2048",
    "3072, FFDHE3072",
    "4096, FFDHE4096",
    "7680, FFDHE8192"
  })
  void takesAGroupAsStrongAsTheKey(int bits, NamedGroup group) {
    assertEquals(group, DheGroups.ofKeys(List.of(new RsaOfSize(bits))));
  }

  @Test
  void takesTheStrongestOfTheKeysAndTheSmallestGroupWithoutOne() {
    List<PublicKey> keys =
        IntStream.of(2048, 4096, 3072).<PublicKey>mapToObj(RsaOfSize::new).toList();
    assertEquals(NamedGroup.FFDHE4096, DheGroups.ofKeys(keys));
    assertEquals(NamedGroup.FFDHE2048, DheGroups.ofKeys(List.of()));
  }

  @Test
  void answersClientsThatNameOneOfOurs() {
    assertTrue(DheGroups.answers(List.of("ffdhe2048"), P256_AND_2048, Optional.empty()));
    assertFalse(DheGroups.answers(List.of("ffdhe3072"), P256_AND_2048, Optional.empty()));
    assertFalse(DheGroups.answers(List.of("ffdhe3072"), P256_AND_2048, Optional.of("ffdhe3072")));
    assertFalse(DheGroups.answers(List.of(), P256_AND_2048, Optional.empty()));
  }

  @Test
  void answersClientsThatNameNoneIfTheEngineUsesWhatIsAllowed() {
    assertTrue(DheGroups.answers(List.of("ffdhe3072"), P256, Optional.empty()));
    assertTrue(
        DheGroups.answers(List.of("ffdhe2048", "ffdhe3072"), P256, Optional.of("ffdhe2048")));
    assertFalse(DheGroups.answers(List.of("ffdhe3072"), P256, Optional.of("ffdhe2048")));
    assertFalse(DheGroups.answers(List.of(), List.of(), Optional.empty()));
  }
}

package io.tlsport.interop;

import java.io.Serial;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.KeyPair;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.interfaces.RSAKey;
import java.security.spec.AlgorithmParameterSpec;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.IllegalBlockSizeException;
import javax.crypto.ShortBufferException;
import org.jspecify.annotations.Nullable;

/** A device as the JCA shows one: its keys have no encoding, and it alone can sign with them. */
final class OpaqueKeys extends Provider {
  @Serial private static final long serialVersionUID = 1L;

  private static final AtomicInteger SIGNATURES = new AtomicInteger();

  OpaqueKeys() {
    super("OpaqueKeys", "1", "keys that never leave");
    for (String algorithm :
        List.of(
            "NONEwithECDSA",
            "SHA256withECDSA",
            "SHA384withECDSA",
            "SHA256withRSA",
            "SHA384withRSA",
            "SHA512withRSA",
            "SHA256withRSASSA-PSS",
            "SHA384withRSASSA-PSS",
            "SHA512withRSASSA-PSS",
            "RSASSA-PSS")) {
      putService(
          new Service(this, "Signature", algorithm, DeviceSignature.class.getName(), null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
              return new DeviceSignature(algorithm);
            }

            @Override
            public boolean supportsParameter(@Nullable Object parameter) {
              return parameter instanceof DeviceKey;
            }
          });
    }
    putService(
        new Service(this, "Cipher", "RSA/ECB/NoPadding", DeviceCipher.class.getName(), null, null) {
          @Override
          public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
            return new DeviceCipher();
          }

          @Override
          public boolean supportsParameter(@Nullable Object parameter) {
            return parameter instanceof DeviceKey;
          }
        });
  }

  /** How often a device was asked. */
  static int signatures() {
    return SIGNATURES.get();
  }

  /** A handle of that key. */
  static PrivateKey handle(KeyPair keys) {
    return keys.getPublic() instanceof RSAKey rsa
        ? new DeviceRsaKey(keys.getPrivate(), rsa.getModulus())
        : new DeviceKey(keys.getPrivate());
  }

  private static final class DeviceRsaKey extends DeviceKey implements RSAKey {
    @Serial private static final long serialVersionUID = 1L;

    private final BigInteger modulus;

    DeviceRsaKey(PrivateKey inside, BigInteger modulus) {
      super(inside);
      this.modulus = modulus;
    }

    @Override
    public BigInteger getModulus() {
      return modulus;
    }
  }

  private static class DeviceKey implements PrivateKey {
    @Serial private static final long serialVersionUID = 1L;

    private final transient PrivateKey inside;

    DeviceKey(PrivateKey inside) {
      this.inside = inside;
    }

    @Override
    public String getAlgorithm() {
      return inside.getAlgorithm();
    }

    @Override
    @SuppressWarnings("NullAway") // Absent by the contract of java.security.Key.
    public String getFormat() {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // Absent by the contract of java.security.Key.
    public byte[] getEncoded() {
      return null;
    }
  }

  private static PrivateKey inside(Key key) throws InvalidKeyException {
    if (key instanceof DeviceKey device) {
      return device.inside;
    }
    throw new InvalidKeyException("not a key of this device");
  }

  private static final class DeviceSignature extends SignatureSpi {
    private final Signature real;

    DeviceSignature(String algorithm) throws NoSuchAlgorithmException {
      try {
        this.real =
            Signature.getInstance(
                algorithm.endsWith("PSS") ? "RSASSA-PSS" : algorithm,
                algorithm.contains("EC") ? "SunEC" : "SunRsaSign");
      } catch (NoSuchProviderException impossible) {
        throw new NoSuchAlgorithmException(impossible);
      }
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      real.initSign(inside(key));
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      throw new InvalidKeyException("this device signs only");
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      real.update(b);
    }

    @Override
    protected void engineUpdate(byte[] b, int off, int len) throws SignatureException {
      real.update(b, off, len);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      SIGNATURES.incrementAndGet();
      return real.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
      throw new SignatureException("this device signs only");
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec parameters)
        throws InvalidAlgorithmParameterException {
      real.setParameter(parameters);
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
      throw new UnsupportedOperationException(name);
    }
  }

  private static final class DeviceCipher extends CipherSpi {
    private final Cipher real;

    DeviceCipher() throws NoSuchAlgorithmException {
      try {
        this.real = Cipher.getInstance("RSA/ECB/NoPadding", "SunJCE");
      } catch (GeneralSecurityException impossible) {
        throw new NoSuchAlgorithmException(impossible);
      }
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) throws InvalidKeyException {
      real.init(mode, inside(key));
    }

    @Override
    protected void engineInit(
        int mode, Key key, @Nullable AlgorithmParameterSpec parameters, SecureRandom random)
        throws InvalidKeyException {
      engineInit(mode, key, random);
    }

    @Override
    protected void engineInit(
        int mode, Key key, @Nullable AlgorithmParameters parameters, SecureRandom random)
        throws InvalidKeyException {
      engineInit(mode, key, random);
    }

    @Override
    protected byte @Nullable [] engineUpdate(byte[] input, int offset, int length) {
      return real.update(input, offset, length);
    }

    @Override
    protected int engineUpdate(byte[] input, int offset, int length, byte[] out, int at)
        throws ShortBufferException {
      return real.update(input, offset, length, out, at);
    }

    @Override
    protected byte[] engineDoFinal(byte @Nullable [] input, int offset, int length)
        throws IllegalBlockSizeException, BadPaddingException {
      SIGNATURES.incrementAndGet();
      return input == null ? real.doFinal() : real.doFinal(input, offset, length);
    }

    @Override
    protected int engineDoFinal(byte @Nullable [] input, int offset, int length, byte[] out, int at)
        throws ShortBufferException, IllegalBlockSizeException, BadPaddingException {
      byte[] result = engineDoFinal(input, offset, length);
      System.arraycopy(result, 0, out, at, result.length);
      return result.length;
    }

    @Override
    protected int engineGetBlockSize() {
      return 0;
    }

    @Override
    protected int engineGetOutputSize(int length) {
      return real.getOutputSize(length);
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
      return null;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
      return null;
    }

    @Override
    protected void engineSetMode(String mode) {
      // There is one only.
    }

    @Override
    protected void engineSetPadding(String padding) {
      // There is none.
    }
  }
}

package io.tlsport.cli.doctor;

import static io.tlsport.cli.doctor.Diagnosis.healthy;
import static io.tlsport.cli.doctor.Diagnosis.problem;

import org.junit.jupiter.api.Test;

class NativeLibraryCheckTest {
  private static final Check CHECK = new NativeLibraryCheck();

  @Test
  void anotherProcessorIsAProblem() {
    problem(
        CHECK,
        new MadeMachine().property("os.arch", "riscv64"),
        "conscrypt",
        "linux-riscv64",
        "use jdk");
  }

  @Test
  void namesAreThoseOfEachSystem() {
    problem(
        CHECK,
        new MadeMachine().property("os.name", "Windows 11").property("os.arch", "aarch64"),
        "conscrypt",
        "conscrypt_openjdk_jni-windows-aarch_64.dll");
    healthy(
        CHECK,
        new MadeMachine()
            .property("os.name", "Mac OS X")
            .property("os.arch", "aarch64")
            .resource("META-INF/native/libconscrypt_openjdk_jni-osx-aarch_64.dylib"));
  }

  @Test
  void adapterWithoutConscryptIsAProblem() {
    problem(
        CHECK,
        new MadeMachine().without(NativeLibraryCheck.CONSCRYPT_CLASS),
        "conscrypt",
        "conscrypt-openjdk-uber");
  }

  @Test
  void nobodyMissesWhatNobodyUses() {
    healthy(CHECK, new MadeMachine());
    healthy(CHECK, new MadeMachine().tls("jdk").property("os.arch", "riscv64"));
  }
}

package io.tlsport.cli;

import io.tlsport.ConfigurationException;
import io.tlsport.ErrorCode;
import io.tlsport.SessionStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Sessions as files of one folder, one for each identifier, so that several processes share them.
 *
 * @param folder where they are
 */
record FolderSessions(Path folder) implements SessionStore {
  /** The store in a folder, which is made if it is not there. */
  static FolderSessions in(Path folder) {
    try {
      OutputFile.createSecretFolder(folder);
    } catch (IOException failed) {
      throw new ConfigurationException(
          ErrorCode.EIO,
          "--session-store: " + folder + " cannot be made; give a folder that can be written",
          failed);
    }
    return new FolderSessions(folder);
  }

  @Override
  public CompletionStage<Void> newSession(byte[] sessionId, byte[] sessionData) {
    Path file = file(sessionId);
    byte[] data = sessionData.clone();
    return offTheLoop(
        () -> {
          OutputFile.writeSecret(file, data);
          return null;
        });
  }

  @Override
  public CompletionStage<Optional<byte[]>> resumeSession(byte[] sessionId) {
    Path file = file(sessionId);
    return offTheLoop(
        () -> {
          try {
            return Optional.of(Files.readAllBytes(file));
          } catch (NoSuchFileException unknown) {
            return Optional.empty();
          }
        });
  }

  private Path file(byte[] sessionId) {
    return folder.resolve(HexFormat.of().formatHex(sessionId));
  }

  /** Files block, and hooks are called on event loops. */
  private static <T> CompletionStage<T> offTheLoop(Callable<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return work.call();
          } catch (Exception failed) {
            throw new CompletionException(failed);
          }
        });
  }
}

package dev.dopi.engine;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** The bytes of a file at one moment, or that there is none; known by their hash. */
final class Content {

    /** No file. */
    static final Content ABSENT = new Content(new byte[0], "absent");

    private final byte[] bytes;
    private final String hash;

    private Content(byte[] bytes, String hash) {
        this.bytes = bytes;
        this.hash = hash;
    }

    /** Returns the content that holds {@code bytes}, which the caller no longer changes. */
    static Content of(byte[] bytes) {
        return new Content(bytes, sha256(bytes));
    }

    static Content of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    boolean absent() {
        return hash.equals(ABSENT.hash);
    }

    /** Returns the SHA-256 of the bytes in hex, or {@code absent}. */
    String hash() {
        return hash;
    }

    /** Returns the text, or empty where there is none in UTF-8. */
    Optional<String> text() {
        if (absent()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /** Returns the bytes themselves, which the caller must not change. */
    byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content content && content.hash.equals(hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return absent() ? hash : bytes.length + " bytes, " + hash;
    }
}

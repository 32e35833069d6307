package dev.dopi.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/** What a file has besides its bytes: permissions, owner and group, where the file system knows such things. */
final class FileLook {

    private final Optional<PosixFileAttributes> attributes;

    private FileLook(Optional<PosixFileAttributes> attributes) {
        this.attributes = attributes;
    }

    static FileLook of(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return new FileLook(view == null ? Optional.empty() : Optional.of(view.readAttributes()));
    }

    /** Returns the permissions as {@code rwxr-x---}, or an empty text. */
    String mode() {
        return attributes
                .map(each -> PosixFilePermissions.toString(each.permissions()))
                .orElse("");
    }

    /** Returns whether the permissions let nobody write, which a super user's process would not notice otherwise. */
    boolean readOnly() {
        return attributes
                .map(PosixFileAttributes::permissions)
                .map(each -> !each.contains(PosixFilePermission.OWNER_WRITE)
                        && !each.contains(PosixFilePermission.GROUP_WRITE)
                        && !each.contains(PosixFilePermission.OTHERS_WRITE))
                .orElse(false);
    }

    void giveTo(Path file) throws IOException {
        if (attributes.isEmpty()) {
            return;
        }
        PosixFileAttributes wanted = attributes.get();
        PosixFileAttributes own = Files.readAttributes(file, PosixFileAttributes.class);
        if (!own.owner().equals(wanted.owner()) || !own.group().equals(wanted.group())) {
            giveOwner(file, wanted.owner(), wanted.group());
        }
        // After the owner: a change of owner may take permissions away.
        set(file, wanted.permissions());
    }

    static void giveMode(String mode, Path file) throws IOException {
        if (!mode.isEmpty()) {
            set(file, PosixFilePermissions.fromString(mode));
        }
    }

    private static void giveOwner(Path file, UserPrincipal owner, GroupPrincipal group) {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view == null) {
            return;
        }
        try {
            view.setGroup(group);
            view.setOwner(owner);
        } catch (IOException _) {
            // Only a super user may give files away. Whoever may write the folder owns the new file then, as with
            // every editor that saves by renaming.
        }
    }

    private static void set(Path file, Set<PosixFilePermission> permissions) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(permissions);
        }
    }
}

package dev.dopi.analysis;

import dev.dopi.analysis.StorageRoles.Role;
import dev.dopi.model.DurableObjectClass.Place;
import dev.dopi.model.NameUse;
import java.util.List;

/** Reads what a class knows of its own name. */
final class NameReader {

    private final ClassBody inside;

    NameReader(ClassBody inside) {
        this.inside = inside;
    }

    List<Place> reads() {
        return inside.body()
                .descendants()
                .filter(node -> node.is("member_expression")
                        && node.fieldText("property").equals("name"))
                .filter(node -> node.field("object")
                        .flatMap(inside.roles()::of)
                        .filter(role -> role == Role.ID)
                        .isPresent())
                .map(ClassBody::place)
                .toList();
    }

    List<NameUse> uses() {
        return List.of();
    }
}

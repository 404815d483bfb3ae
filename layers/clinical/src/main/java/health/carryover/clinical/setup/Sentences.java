package health.carryover.clinical.setup;

import health.carryover.clinical.motion.Posture;

/** The instructions in words a twelve-year-old reads. A sentence asks for one thing, and says what it is good for. */
final class Sentences {
    private Sentences() {}

    static String of(SetupFault fault, SetupWish wish, Language language) {
        return language == Language.ENGLISH ? english(fault, wish) : spanish(fault, wish);
    }

    private static String english(SetupFault fault, SetupWish wish) {
        boolean lying = wish.posture() == Posture.LYING;
        boolean standing = wish.posture() == Posture.STANDING;
        return switch (fault) {
            case DARK -> "Please turn on a light, because it is too dark to see you.";
            case BACKLIT -> "Please turn so that the window or lamp is in front of you, not behind you.";
            case LOW_FRAME_RATE -> "Please close other apps, because the camera is too slow right now.";
            case NOBODY -> "Please move in front of the camera, because I cannot see you.";
            case SECOND_PERSON -> "Please make sure you are the only person the camera can see.";
            case TOO_NEAR ->
                standing
                        ? "Please take a step back so that I can see all of you."
                        : "Please move the phone farther away so that I can see all of you.";
            case CAMERA_TILTED -> "Please set the phone up straight, because it leans to one side or back.";
            case HEAD_OUT -> "Please move the phone until your head is in the picture.";
            case FEET_OUT -> "Please move the phone until your legs and feet are in the picture.";
            case OFF_CENTRE -> "Please move to the middle of the picture.";
            case TOO_FAR ->
                standing
                        ? "Please come a little closer to the phone."
                        : "Please move the phone a little closer to you.";
            case WRONG_VIEW ->
                switch (wish.bestView()) {
                    case LATERAL ->
                        lying
                                ? "Please put the phone at your side so that it sees you from the side."
                                : "Please turn so that the phone sees you from the side.";
                    case OBLIQUE -> "Please turn halfway to the side.";
                    case REAR -> "Please turn your back to the phone.";
                    case FRONTAL, MIXED -> "Please turn to face the phone.";
                };
            case OBSTRUCTED -> "Please move away what hides part of your body, like a chair or a table.";
            case BAGGY_CLOTHES -> "Please roll up or change loose clothes so that I can see your hips and knees.";
        };
    }

    private static String spanish(SetupFault fault, SetupWish wish) {
        boolean lying = wish.posture() == Posture.LYING;
        boolean standing = wish.posture() == Posture.STANDING;
        return switch (fault) {
            case DARK -> "Por favor, encienda una luz, porque está muy oscuro para verle.";
            case BACKLIT -> "Por favor, póngase con la ventana o la lámpara delante de usted, no detrás.";
            case LOW_FRAME_RATE -> "Por favor, cierre otras aplicaciones, porque la cámara va muy lenta ahora.";
            case NOBODY -> "Por favor, póngase delante de la cámara, porque no le veo.";
            case SECOND_PERSON -> "Por favor, procure que la cámara le vea solo a usted.";
            case TOO_NEAR ->
                standing
                        ? "Por favor, dé un paso atrás para que le vea de cuerpo entero."
                        : "Por favor, aleje el teléfono para que le vea de cuerpo entero.";
            case CAMERA_TILTED -> "Por favor, ponga el teléfono derecho, porque está inclinado.";
            case HEAD_OUT -> "Por favor, mueva el teléfono hasta que se vea su cabeza.";
            case FEET_OUT -> "Por favor, mueva el teléfono hasta que se vean sus piernas y pies.";
            case OFF_CENTRE -> "Por favor, póngase en el centro de la imagen.";
            case TOO_FAR ->
                standing ? "Por favor, acérquese un poco al teléfono." : "Por favor, acerque un poco el teléfono.";
            case WRONG_VIEW ->
                switch (wish.bestView()) {
                    case LATERAL ->
                        lying
                                ? "Por favor, ponga el teléfono a su lado para que le vea de lado."
                                : "Por favor, gire para que el teléfono le vea de lado.";
                    case OBLIQUE -> "Por favor, gire a medias hacia un lado.";
                    case REAR -> "Por favor, dé la espalda al teléfono.";
                    case FRONTAL, MIXED -> "Por favor, mire hacia el teléfono.";
                };
            case OBSTRUCTED -> "Por favor, quite lo que tapa parte de su cuerpo, como una silla o una mesa.";
            case BAGGY_CLOTHES ->
                "Por favor, recoja o cambie la ropa ancha para que le vea las caderas y las rodillas.";
        };
    }
}

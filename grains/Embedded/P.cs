namespace MallVip.Grains.Embedded; internal static class Placeholder;

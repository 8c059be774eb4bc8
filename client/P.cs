namespace MallVip.Client; internal static class Placeholder;

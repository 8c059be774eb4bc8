namespace MallVip.Rules; internal static class Placeholder;
